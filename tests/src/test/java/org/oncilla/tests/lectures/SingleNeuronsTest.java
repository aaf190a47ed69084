package org.oncilla.tests.lectures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.UnaryOp;
import org.oncilla.nn.Identity;
import org.oncilla.nn.Module;
import org.oncilla.nn.RReLU;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends.TestBackend;

/** What one neuron computes, and how it learns. */
class SingleNeuronsTest extends LectureExample {
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void perceptronsComputeAndOrNot(TestBackend target) {
    on(target);
    Tensor x = matrix(4, 2, 0, 0, 0, 1, 1, 0, 1, 1);
    Tensor both = matrix(2, 1, 1, 1);
    assertValues(x.matmul(both).sub(1.5).step(), 0, 0, 0, 1);
    assertValues(x.matmul(both).sub(0.5).step(), 0, 1, 1, 1);
    assertValues(matrix(2, 1, 0, 1).mul(-1).add(0.5).step(), 1, 0);
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
        Tensor error = one.matmul(w).step().neg().add(targets[sample]);
        w = w.add(one.reshape(3, 1).mul(error));
      }
    }
    return x.matmul(w).step().sub(matrix(4, 1, targets)).abs().sum().item();
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
    assertValue(loss, 0.25);
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
    assertValues(x.leakyRelu(0.01), 3, 1.75, -0.02, 0.5);
    assertValues(x.step(), 1, 1, 0, 1);
    assertValues(new Identity().forward(x), 3, 1.75, -2, 0.5);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void randomizedLeakyRelu(TestBackend target) {
    on(target);
    try (Module randomized = new RReLU(0.1, 0.3).initialize(backend, Shape.of(2), 1)) {
      double[] trained = randomized.forward(matrix(1, 2, 3, -2)).toDoubleArray();
      assertValue(trained[0], 3);
      assertThat(trained[1]).isBetween(-0.6, -0.2);
      randomized.eval();
      assertValues(randomized.forward(matrix(1, 2, 3, -2)), 3, -0.4); // the mean of the slopes
    }
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
        assertValue(z.gradient().toDoubleArray()[j], expected);
      }
    }
  }
}
