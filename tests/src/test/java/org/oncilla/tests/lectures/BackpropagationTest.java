package org.oncilla.tests.lectures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.UnaryOp;
import org.oncilla.loss.BceLoss;
import org.oncilla.loss.Loss;
import org.oncilla.loss.MseLoss;
import org.oncilla.loss.Reduction;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Sigmoid;
import org.oncilla.nn.Tanh;
import org.oncilla.optim.Sgd;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends.TestBackend;

/** Backpropagation, worked out by hand. */
class BackpropagationTest extends LectureExample {
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
    assertValue(w2.gradient().toDoubleArray()[0], 0.08216704);
    assertValue(w1.gradient().toDoubleArray()[0], 0.00043857);
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
    assertValues(hidden, 0.331812, 0.524979);
    assertValues(output, 0.473889);
    descend(0.9, w1, b1, w2, b2);
    assertValues(w2, -0.260829, -0.138025);
    assertValues(b2, 0.218052);
    assertValues(w1, 0.192148, 0.4, -0.507852, -0.305888, 0.1, 0.194112);
    assertValues(b1, -0.407852, 0.194112);
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
    assertValues(hidden, 0.598688, 0.731059);
    assertValues(output, 0.417415);
    assertValues(w2.gradient(), -0.169636, -0.207142);
    assertValues(b2.gradient(), -0.283346);
    descend(0.8, w2, b2);
    assertValues(w2, -0.164292, 0.365714);
    assertValues(b2, -0.073323);
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

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void theSameStepThroughLayersLossAndOptimizer(TestBackend target) {
    on(target);
    Linear first = new Linear(2);
    Linear second = new Linear(2);
    try (Module net =
            new Sequential(first, new Sigmoid(), second, new Sigmoid())
                .initialize(backend, Shape.of(2), 1);
        Sgd descent = new Sgd(0.5)) {
      first.weight().value().copyFrom(new double[] {0.15, 0.20, 0.25, 0.30});
      first.bias().value().copyFrom(new double[] {0.35, 0.35});
      second.weight().value().copyFrom(new double[] {0.40, 0.45, 0.50, 0.55});
      second.bias().value().copyFrom(new double[] {0.60, 0.60});
      descent.attach(net.parameters());

      Tensor output = net.forward(matrix(1, 2, 0.05, 0.10));
      Tensor error = new MseLoss(Reduction.SUM, 0.5).forward(output, matrix(1, 2, 0.01, 0.99));
      error.backward();
      descent.step();

      assertValues(error, 0.29837111);
      assertValues(first.weight().value(), 0.14978072, 0.19956143, 0.24975114, 0.29950229);
      assertValues(second.weight().value(), 0.35891648, 0.40866619, 0.51130127, 0.56137012);
    }
  }

  /**
   * ReLU, sigmoid, sigmoid, with δ = dL/dz of each layer: δ3 = (a3 − y)·a3·(1 − a3) for ½(a3 − y)²
   * and a3 − y for cross-entropy, δ2 = (W3ᵀδ3)·a2·(1 − a2), δ1 = (W2ᵀδ2)·[z1 > 0], and dL/dW = δ·aᵀ
   * with the activations that came in.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void threeLayersFromRandomWeights(TestBackend target) {
    on(target);
    for (boolean crossEntropy : new boolean[] {false, true}) {
      Linear[] layers = {new Linear(2), new Linear(2), new Linear(1)};
      try (Module net =
          new Sequential(layers[0], new ReLU(), layers[1], new Sigmoid(), layers[2], new Sigmoid())
              .initialize(backend, Shape.of(3), 23)) {
        double[] x = {0.9, -0.4, 0.7};
        double y = 1;
        Tensor output = net.forward(matrix(1, 3, x));
        Loss loss = crossEntropy ? new BceLoss() : new MseLoss(Reduction.SUM, 0.5);
        loss.forward(output, matrix(1, 1, y)).backward();

        double[] a1 = relu(affine(layers[0], x));
        double[] a2 = sigmoid(affine(layers[1], a1));
        double[] a3 = sigmoid(affine(layers[2], a2));
        assertThat(Arrays.stream(a1).filter(a -> a > 0)).as("active hidden units").isNotEmpty();
        double[] delta3 = {(a3[0] - y) * (crossEntropy ? 1 : a3[0] * (1 - a3[0]))};
        double[] delta2 = back(layers[2], delta3);
        double[] delta1 = back(layers[1], scaled(delta2, i -> a2[i] * (1 - a2[i])));
        assertGradients(layers[2], delta3, a2);
        assertGradients(layers[1], scaled(delta2, i -> a2[i] * (1 - a2[i])), a1);
        assertGradients(layers[0], scaled(delta1, i -> a1[i] > 0 ? 1 : 0), x);
      }
    }
  }

  /** tanh, sigmoid, cross-entropy: δ2 = a2 − y and δ1 = (W2ᵀδ2)·(1 − a1²). */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void twoInputsOneHiddenUnitTwoOutputsFromRandomWeights(TestBackend target) {
    on(target);
    Linear hidden = new Linear(1);
    Linear out = new Linear(2);
    try (Module net =
        new Sequential(hidden, new Tanh(), out, new Sigmoid())
            .initialize(backend, Shape.of(2), 29)) {
      double[] x = {0.3, -1.2};
      double[] y = {1, 0};
      Tensor output = net.forward(matrix(1, 2, x));
      new BceLoss(Reduction.SUM, 1).forward(output, matrix(1, 2, y)).backward();

      double[] z1 = affine(hidden, x);
      double[] a1 = {Math.tanh(z1[0])};
      double[] a2 = sigmoid(affine(out, a1));
      double[] delta2 = {a2[0] - y[0], a2[1] - y[1]};
      assertGradients(out, delta2, a1);
      assertGradients(hidden, scaled(back(out, delta2), i -> 1 - a1[i] * a1[i]), x);
    }
  }

  // ---- the formulas, in double precision

  /** W·x + b. */
  private static double[] affine(Linear layer, double... x) {
    double[] w = layer.weight().value().toDoubleArray();
    double[] z = layer.bias().value().toDoubleArray();
    for (int i = 0; i < z.length; i++) {
      for (int j = 0; j < x.length; j++) {
        z[i] += w[i * x.length + j] * x[j];
      }
    }
    return z;
  }

  /** Wᵀ·δ. */
  private static double[] back(Linear layer, double... delta) {
    double[] w = layer.weight().value().toDoubleArray();
    double[] result = new double[w.length / delta.length];
    for (int i = 0; i < w.length; i++) {
      result[i % result.length] += w[i] * delta[i / result.length];
    }
    return result;
  }

  private static double[] relu(double... z) {
    return Arrays.stream(z).map(v -> Math.max(v, 0)).toArray();
  }

  private static double[] sigmoid(double... z) {
    return Arrays.stream(z).map(v -> 1 / (1 + Math.exp(-v))).toArray();
  }

  private static double[] scaled(double[] values, IntToDoubleFunction factor) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> values[i] * factor.applyAsDouble(i))
        .toArray();
  }

  /** dL/dW = δ·xᵀ and dL/db = δ. */
  private void assertGradients(Linear layer, double[] delta, double[] x) {
    double[] outer = new double[delta.length * x.length];
    Arrays.setAll(outer, i -> delta[i / x.length] * x[i % x.length]);
    assertValues(layer.weight().gradient(), outer);
    assertValues(layer.bias().gradient(), delta);
  }
}
