package org.oncilla.tests.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;

/**
 * Worked examples of a first course on neural networks, with tensors alone: single neurons, forward
 * passes, and backpropagation by hand, each checked to all the digits that were worked out. A
 * backend in single precision may be off by some units of its last place.
 *
 * <p>Weights follow one convention: a layer computes x·Wᵀ + b with W of shape [outputs, inputs],
 * and a batch holds one sample a row.
 */
class LecturesTensorTest {
  private Backend backend;
  private double precision;
  private Scope scope;

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  // ---- single neurons

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void perceptronsComputeAndOrNot(TestBackend target) {
    on(target);
    Tensor x = matrix(4, 2, 0, 0, 0, 1, 1, 0, 1, 1);
    Tensor both = matrix(2, 1, 1, 1);
    assertValues(step(x.matmul(both).sub(1.5)), 0, 0, 0, 1);
    assertValues(step(x.matmul(both).sub(0.5)), 0, 1, 1, 1);
    assertValues(step(matrix(2, 1, 0, 1).mul(-1).add(0.5)), 1, 0);
  }

  /** The activation of a perceptron: 1 where z &gt; 0, else 0. */
  private Tensor step(Tensor z) {
    return z.gt(scalar(0));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void thePerceptronRuleLearnsAndButNeverXor(TestBackend target) {
    on(target);
    assertThat(mistakesAfterTraining(0, 0, 0, 1)).as("AND").isZero();
    assertThat(mistakesAfterTraining(0, 1, 1, 1)).as("OR").isZero();
    assertThat(mistakesAfterTraining(0, 1, 1, 0)).as("XOR").isPositive();
  }

  /** w ← w + (t − y)·x for one sample after the other, from zeros, 20 times over. */
  private double mistakesAfterTraining(double... targets) {
    Tensor x = matrix(4, 3, 0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1); // the last input is the bias
    Tensor w = matrix(3, 1, 0, 0, 0);
    for (int epoch = 0; epoch < 20; epoch++) {
      for (int sample = 0; sample < 4; sample++) {
        Tensor one = x.slice(0, sample, sample + 1);
        Tensor error = step(one.matmul(w)).neg().add(targets[sample]);
        w = w.add(one.reshape(3, 1).mul(error));
      }
    }
    return step(x.matmul(w)).sub(matrix(4, 1, targets)).abs().sum().item();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void oneLinearUnitAnswersXorWithOneHalf(TestBackend target) {
    on(target);
    Tensor x = matrix(4, 2, 0, 0, 0, 1, 1, 0, 1, 1);
    Tensor y = matrix(4, 1, 0, 1, 1, 0);
    Tensor w = matrix(1, 2, 0.3, -0.4).requireGrad();
    Tensor b = vector(0.1).requireGrad();
    double loss = 0;
    for (int step = 0; step < 400; step++) {
      Tensor j = x.linear(w, b, UnaryOp.IDENTITY).sub(y).square().sum().div(4);
      j.backward();
      descend(0.5, w, b);
      loss = j.item();
    }
    assertValues(w, 0, 0);
    assertValues(b, 0.5);
    assertThat(loss).isCloseTo(0.25, within(precision));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void gradientDescentFindsTheLineOfTheClosedForm(TestBackend target) {
    on(target);
    double[] xs = {0, 1, 2, 3, 4};
    double[] ys = {1, 3, 2, 5, 4};
    Tensor x = vector(xs);
    Tensor y = vector(ys);
    Tensor m = vector(0).requireGrad();
    Tensor c = vector(0).requireGrad();
    for (int step = 0; step < 1500; step++) {
      x.mul(m).add(c).sub(y).square().mean().backward();
      descend(0.08, m, c);
    }
    // b1 = (nΣxy − ΣxΣy) / (nΣx² − (Σx)²) = (5·38 − 10·15) / (5·30 − 100)
    assertValues(m, 0.8);
    assertValues(c, 1.4);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void theLinesGradientsAreTheFormulas(TestBackend target) {
    on(target);
    Tensor m = vector(2).requireGrad();
    Tensor c = vector(-1).requireGrad();
    vector(1, 2, 3).mul(m).add(c).sub(vector(2, 2, 2)).square().mean().backward();
    // the errors y − ŷ are 1, −1, −3: dJ/dm = −2/3·(1 − 2 − 9), dJ/dc = −2/3·(1 − 1 − 3)
    assertValues(m.gradient(), 20 / 3.);
    assertValues(c.gradient(), 2);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void activations(TestBackend target) {
    on(target);
    Tensor x = vector(3, 1.75, -2, 0.5);
    assertValues(x.sigmoid(), 0.952574, 0.851953, 0.119203, 0.622459);
    assertValues(x.tanh(), 0.995055, 0.941376, -0.964028, 0.462117);
    assertValues(x.relu(), 3, 1.75, 0, 0.5);
    assertValues(x.maximum(x.mul(0.01)), 3, 1.75, -0.02, 0.5); // leaky
    assertValues(step(x), 1, 1, 0, 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void softmax(TestBackend target) {
    on(target);
    Tensor z = vector(1.1, 2.2, 0.2, -1.7);
    assertValues(z.softmax(0), 0.223636, 0.671841, 0.090924, 0.013599);
    assertValues(z.add(50).softmax(0), 0.223636, 0.671841, 0.090924, 0.013599);
    assertValues(vector(1000, 0).softmax(0), 1, 0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void theJacobianOfSoftmaxIsDiagonalMinusProduct(TestBackend target) {
    on(target);
    Tensor z = vector(1.1, 2.2, 0.2, -1.7).requireGrad();
    double[] s = z.softmax(0).toDoubleArray();
    for (int i = 0; i < s.length; i++) {
      z.zeroGrad();
      z.softmax(0).slice(0, i, i + 1).backward(vector(1));
      for (int j = 0; j < s.length; j++) {
        double expected = (i == j ? s[i] : 0) - s[i] * s[j];
        assertThat(z.gradient().toDoubleArray()[j]).isCloseTo(expected, within(precision));
      }
    }
  }

  // ---- forward passes and graphs

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void xorByHand(TestBackend target) {
    on(target);
    Tensor x = matrix(4, 2, 0, 0, 1, 0, 0, 1, 1, 1);
    Tensor hidden = x.linear(matrix(2, 2, 1, 1, 1, 1), vector(0, -1), UnaryOp.RELU);
    assertValues(hidden, 0, 0, 1, 0, 1, 0, 2, 1);
    assertValues(hidden.matmul(matrix(2, 1, 1, -2)), 0, 1, 1, 0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void threeSigmoidLayers(TestBackend target) {
    on(target);
    Tensor x = matrix(1, 2, 1, -1);
    Tensor first = x.linear(matrix(2, 2, 1, -2, -1, 1), vector(1, 0), UnaryOp.SIGMOID);
    Tensor second = first.linear(matrix(2, 2, 2, -1, -2, -1), vector(0, 0), UnaryOp.SIGMOID);
    Tensor third = second.linear(matrix(2, 2, 3, -1, -1, 4), vector(-2, 2), UnaryOp.SIGMOID);
    assertValues(first, 0.982014, 0.119203);
    assertValues(second, 0.863518, 0.110737);
    assertValues(third, 0.617705, 0.829124);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void aComputationGraph(TestBackend target) {
    on(target);
    Tensor x = scalar(-2).requireGrad();
    Tensor y = scalar(5).requireGrad();
    Tensor z = scalar(-4).requireGrad();
    Tensor f = x.add(y).mul(z);
    f.backward();
    assertValues(f, -12);
    assertValues(x.gradient(), -4);
    assertValues(y.gradient(), -4);
    assertValues(z.gradient(), 3);
  }

  // ---- backpropagation by hand

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void oneStepOfTheXorNetwork(TestBackend target) {
    on(target);
    Tensor x = matrix(1, 2, 1, 1);
    Tensor w1 = matrix(2, 2, 0.1, 0.2, 0, 0.1).requireGrad(); // [inputs, outputs], as in x·W
    Tensor b1 = vector(0, 0).requireGrad();
    Tensor w2 = matrix(2, 1, 0.1, 0.2).requireGrad();
    Tensor b2 = vector(0).requireGrad();
    Tensor a1 = x.matmul(w1).add(b1).relu();
    Tensor a2 = a1.matmul(w2).add(b2).relu();
    a2.sub(0).square().sum().mul(0.5).backward();
    assertValues(a1, 0.1, 0.3);
    assertValues(a2, 0.07);
    assertValues(w2.gradient(), 0.007, 0.021);
    assertValues(b2.gradient(), 0.07);
    assertValues(w1.gradient(), 0.007, 0.014, 0.007, 0.014);
    assertValues(b1.gradient(), 0.007, 0.014);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void oneStepOfTheTwoTwoTwoNetwork(TestBackend target) {
    on(target);
    Tensor i = matrix(1, 2, 0.05, 0.10);
    Tensor w1 = matrix(2, 2, 0.15, 0.20, 0.25, 0.30).requireGrad();
    Tensor w2 = matrix(2, 2, 0.40, 0.45, 0.50, 0.55).requireGrad();
    Tensor h = i.linear(w1, vector(0.35, 0.35), UnaryOp.SIGMOID);
    Tensor o = h.linear(w2, vector(0.60, 0.60), UnaryOp.SIGMOID);
    Tensor e = matrix(1, 2, 0.01, 0.99).sub(o).square().sum().mul(0.5);
    e.backward();
    assertValues(h, 0.59326999, 0.59688438);
    assertValues(o, 0.75136507, 0.77292847);
    assertValues(e, 0.29837111);
    assertThat(w2.gradient().toDoubleArray()[0]).isCloseTo(0.08216704, within(precision));
    assertThat(w1.gradient().toDoubleArray()[0]).isCloseTo(0.00043857, within(precision));
    descend(0.5, w1, w2);
    assertValues(w1, 0.14978072, 0.19956143, 0.24975114, 0.29950229);
    assertValues(w2, 0.35891648, 0.40866619, 0.51130127, 0.56137012);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void oneStepOfTheThreeTwoOneNetwork(TestBackend target) {
    on(target);
    Tensor x = matrix(1, 3, 1, 0, 1);
    Tensor w1 = matrix(2, 3, 0.2, 0.4, -0.5, -0.3, 0.1, 0.2).requireGrad();
    Tensor b1 = vector(-0.4, 0.2).requireGrad();
    Tensor w2 = matrix(1, 2, -0.3, -0.2).requireGrad();
    Tensor b2 = vector(0.1).requireGrad();
    Tensor hidden = x.linear(w1, b1, UnaryOp.SIGMOID);
    Tensor output = hidden.linear(w2, b2, UnaryOp.SIGMOID);
    output.neg().add(1).square().sum().mul(0.5).backward();
    assertRounded(hidden, 0.33181, 0.52498);
    assertRounded(output, 0.47389);
    descend(0.9, w1, b1, w2, b2);
    assertRounded(w2, -0.26083, -0.13803);
    assertRounded(b2, 0.21805);
    assertRounded(w1, 0.19215, 0.4, -0.50785, -0.30589, 0.1, 0.19411);
    assertRounded(b1, -0.40785, 0.19411);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void oneStepOfTheFourTwoOneNetwork(TestBackend target) {
    on(target);
    Tensor x = matrix(1, 4, 1, 1, 0, 1);
    Tensor w1 = matrix(2, 4, 0.3, -0.2, 0.2, 0.1, 0.1, 0.4, -0.3, 0.4);
    Tensor w2 = matrix(1, 2, -0.3, 0.2).requireGrad();
    Tensor b2 = vector(-0.3).requireGrad();
    Tensor hidden = x.linear(w1, vector(0.2, 0.1), UnaryOp.SIGMOID);
    Tensor output = hidden.linear(w2, b2, UnaryOp.SIGMOID);
    output.neg().add(1).square().sum().backward();
    assertRounded(hidden, 0.59869, 0.73106);
    assertRounded(output, 0.41741);
    assertRounded(w2.gradient(), -0.16964, -0.20714);
    assertRounded(b2.gradient(), -0.28335);
    descend(0.8, w2, b2);
    assertRounded(w2, -0.16429, 0.36571);
    assertRounded(b2, -0.07332);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void crossEntropyOfSigmoidAndOfSoftmaxGivesPredictionMinusTarget(TestBackend target) {
    on(target);
    Tensor z = vector(-1.5, 0.3, 2).requireGrad();
    Tensor y = vector(0, 1, 1);
    Tensor predicted = z.sigmoid();
    // −Σ y·ln ŷ + (1 − y)·ln(1 − ŷ)
    Tensor likelihood =
        y.mul(predicted.log()).add(y.neg().add(1).mul(predicted.neg().add(1).log()));
    likelihood.sum().neg().backward();
    assertValues(z.gradient(), z.sigmoid().sub(y).toDoubleArray());

    Tensor logits = matrix(2, 3, 0.5, -1, 2, 0, 0.1, -0.2).requireGrad();
    logits.crossEntropy(Tensor.ofInts(backend, new int[] {2, 0}, Shape.of(2))).sum().backward();
    Tensor oneHot = matrix(2, 3, 0, 0, 1, 1, 0, 0);
    assertValues(logits.gradient(), logits.softmax(1).sub(oneHot).toDoubleArray());
  }

  // ---- helpers

  private void on(TestBackend target) {
    backend = target.backend();
    precision = target.isDouble() ? 5e-7 : 5e-6;
  }

  /** One step of gradient descent: each leaf moves against its gradient, which starts anew. */
  private void descend(double learningRate, Tensor... leaves) {
    for (Tensor leaf : leaves) {
      Tensor moved = leaf.detach().sub(leaf.gradient().mul(learningRate));
      leaf.copyFrom(moved.toDoubleArray());
      leaf.zeroGrad();
    }
  }

  private Tensor scalar(double value) {
    return Tensor.of(backend, new double[] {value}, Shape.SCALAR);
  }

  private Tensor vector(double... values) {
    return Tensor.of(backend, values, Shape.of(values.length));
  }

  private Tensor matrix(int rows, int columns, double... values) {
    return Tensor.of(backend, values, Shape.of(rows, columns));
  }

  private void assertValues(Tensor actual, double... expected) {
    assertThat(actual.toDoubleArray()).containsExactly(expected, within(precision));
  }

  /** For figures that were worked out to five digits. */
  private void assertRounded(Tensor actual, double... expected) {
    assertThat(actual.toDoubleArray()).containsExactly(expected, within(5e-6 + precision));
  }
}
