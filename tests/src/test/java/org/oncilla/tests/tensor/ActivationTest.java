package org.oncilla.tests.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;

/** Activations at points whose values are known, and at the ends of what a float holds. */
class ActivationTest {
  private static final double[] POINTS = {-2, -1, 0, 1, 2};
  private static final List<UnaryOp> ACTIVATIONS =
      List.of(
          UnaryOp.RELU,
          UnaryOp.TANH,
          UnaryOp.SIGMOID,
          UnaryOp.STEP,
          UnaryOp.LEAKY_RELU,
          UnaryOp.ELU,
          UnaryOp.SELU,
          UnaryOp.GELU,
          UnaryOp.SILU,
          UnaryOp.SOFTPLUS,
          UnaryOp.HARD_SIGMOID);

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  /** Φ(1) = 0.8413447 and Φ(2) = 0.9772499 are in every table; the others are elementary. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void values(TestBackend target) {
    try (Scope scope = Scope.open()) {
      Tensor x = tensor(target, POINTS);
      assertClose(x.step(), 0, 0, 0, 1, 1);
      assertClose(x.leakyRelu(0.01), -0.02, -0.01, 0, 1, 2);
      assertClose(x.leakyRelu(0), 0, 0, 0, 1, 2);
      assertClose(x.elu(1), -0.8646647168, -0.6321205588, 0, 1, 2);
      assertClose(x.elu(0.5), -0.4323323584, -0.3160602794, 0, 1, 2);
      assertClose(x.selu(), -1.5201664686, -1.1113307378, 0, 1.0507009874, 2.1014019747);
      assertClose(x.gelu(), -0.0455002639, -0.1586552539, 0, 0.8413447461, 1.9544997361);
      assertClose(x.silu(), -0.2384058440, -0.2689414214, 0, 0.7310585786, 1.7615941560);
      assertClose(
          x.softplus(), 0.1269280110, 0.3132616875, 0.6931471806, 1.3132616875, 2.1269280110);
      assertClose(x.hardSigmoid(), 1 / 6.0, 1 / 3.0, 0.5, 2 / 3.0, 5 / 6.0);
      assertClose(tensor(target, -4, -3, 3, 4).hardSigmoid(), 0, 0, 1, 1);
      assertClose(
          tensor(target, 3, 1.75, -2, 0.5).sigmoid(), 0.952574, 0.851953, 0.119203, 0.622459);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void derivativesAtTheirKinks(TestBackend target) {
    assertSlopes(target, UnaryOp.STEP, 0, 0, 0, 0, 0);
    assertSlopes(target, UnaryOp.LEAKY_RELU, 0.3, 0.3, 0.3, 1, 1);
    assertSlopes(target, UnaryOp.ELU, 0.0406005850, 0.1103638324, 0.3, 1, 1);
    try (Scope scope = Scope.open()) {
      Tensor x = tensor(target, -3, -2.9, 2.9, 3).requireGrad();
      x.hardSigmoid().sum().backward();
      assertClose(x.gradient(), 0, 1 / 6.0, 1 / 6.0, 0);
    }
  }

  /** To a few units in the last place, where 1 + e^x itself is 1 or infinite. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void softplusAndItsTailsKeepTheirDigits(TestBackend target) {
    try (Scope scope = Scope.open()) {
      double[] y = tensor(target, -50, -20, 40, 200).softplus().toDoubleArray();
      assertRelative(y[0], 1.9287498479639178e-22);
      assertRelative(y[1], 2.0611536181902037e-9);
      assertRelative(y[2], 40);
      assertRelative(y[3], 200);
      double[] gelu = tensor(target, -5, -9).gelu().toDoubleArray();
      assertRelative(gelu[0], -5 * 2.866515718791939e-7);
      assertRelative(gelu[1], -9 * 1.1285884059538408e-19);
      double[] silu = tensor(target, -30, -60).silu().toDoubleArray();
      assertRelative(silu[0], -30 * 9.357622968839299e-14);
      assertRelative(silu[1], -60 * 8.75651076269652e-27);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void areFiniteForFiniteInputs(TestBackend target) {
    double[] points = {3e38, 1e20, 1000, 104, 88.8, 15, 1e-30, 1e-38, 0};
    double[] both = new double[2 * points.length];
    Arrays.setAll(both, i -> i % 2 == 0 ? points[i / 2] : -points[i / 2]);
    for (UnaryOp op : ACTIVATIONS) {
      try (Scope scope = Scope.open()) {
        Tensor x = tensor(target, both).requireGrad();
        Tensor y = x.map(op, 0.3);
        y.backward(Tensor.full(target.backend(), y.shape(), 1));
        assertThat(Arrays.stream(y.toDoubleArray())).as("%s", op).allMatch(Double::isFinite);
        assertThat(Arrays.stream(x.gradient().toDoubleArray()))
            .as("gradient of %s", op)
            .allMatch(Double::isFinite);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void keepNaN(TestBackend target) {
    for (UnaryOp op : ACTIVATIONS) {
      try (Scope scope = Scope.open()) {
        assertThat(tensor(target, Double.NaN).map(op, 0.3).item()).as("%s", op).isNaN();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void refuseImpossibleParameters(TestBackend target) {
    long before = target.backend().pool().statistics().liveBytes();
    try (Tensor x = tensor(target, 1, 2)) {
      assertThatThrownBy(() -> x.leakyRelu(-0.1))
          .hasMessage("leaky_relu: alpha must be finite and at least 0, not -0.1");
      assertThatThrownBy(() -> x.elu(Double.POSITIVE_INFINITY))
          .hasMessage("elu: alpha must be finite and at least 0, not Infinity");
      assertThatThrownBy(() -> x.map(UnaryOp.ELU))
          .hasMessage("elu: needs its parameter alpha; call map(UnaryOp.ELU, alpha)");
    }
    assertThat(target.backend().pool().statistics().liveBytes()).isEqualTo(before);
  }

  private static void assertSlopes(TestBackend target, UnaryOp op, double... expected) {
    try (Scope scope = Scope.open()) {
      Tensor x = tensor(target, POINTS).requireGrad();
      x.map(op, 0.3).sum().backward();
      assertClose(x.gradient(), expected);
    }
  }

  private static Tensor tensor(TestBackend target, double... values) {
    return Tensor.of(target.backend(), values, Shape.of(values.length));
  }

  private static void assertClose(Tensor actual, double... expected) {
    assertThat(actual.toDoubleArray()).containsExactly(expected, within(6e-7));
  }

  private static void assertRelative(double actual, double expected) {
    assertThat(actual / expected).isCloseTo(1, within(4e-6));
  }
}
