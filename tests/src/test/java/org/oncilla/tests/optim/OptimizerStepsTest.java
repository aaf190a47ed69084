package org.oncilla.tests.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.nn.BuildContext;
import org.oncilla.nn.Initializers;
import org.oncilla.nn.Module;
import org.oncilla.nn.ModuleConfig;
import org.oncilla.nn.Parameter;
import org.oncilla.optim.Optimizer;
import org.oncilla.optim.Sgd;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;

/**
 * Every optimizer, step by step, down the quadratic ½xᵀHx − bᵀx of the 5×5 Hilbert matrix H, whose
 * largest eigenvalue is 480,000 times the least, against its formula in double precision.
 */
class OptimizerStepsTest {
  private static final int STEPS = 20;
  private static final double[] START = {1, -1.5, 0.5, 2, -0.75};
  private static final double[] LINEAR = {0.4, -0.3, 0.9, 0.1, -0.6};
  private static final double REFERENCE_TOLERANCE = 1e-12;

  /** Relative to 1 + |x|; twenty steps in single precision, each from the rounded one before. */
  private static final double FLOAT_TOLERANCE = 2e-6;

  static Stream<Arguments> cases() {
    return OptimizerCase.all().stream()
        .flatMap(each -> TestBackends.present().stream().map(on -> Arguments.of(each, on)));
  }

  /** H[i, j] = 1/(i + j + 1). */
  private static double hilbert(int i, int j) {
    return 1.0 / (i + j + 1);
  }

  private static double[] gradient(double[] x) {
    double[] gradient = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        gradient[i] += hilbert(i, j) * x[j];
      }
      gradient[i] -= LINEAR[i];
    }
    return gradient;
  }

  private static List<double[]> expected(OptimizerCase tried) {
    Formula formula = tried.formula().of(START.length);
    double[] x = START.clone();
    List<double[]> path = new ArrayList<>();
    for (int t = 1; t <= STEPS; t++) {
      formula.step(t, x, gradient(x));
      path.add(x.clone());
    }
    return path;
  }

  /** A point, as a model of one parameter. */
  private static final class Point extends Module {
    private Parameter point;

    @Override
    protected Shape build(BuildContext context, Shape input) {
      point = context.parameter("point", input, Initializers.zeros());
      return input;
    }

    /** ½xᵀHx − bᵀx of a matrix. */
    @Override
    public Tensor forward(Tensor matrix) {
      Tensor x = point.value().reshape(START.length, 1);
      Tensor linear = Tensor.of(matrix.backend(), LINEAR, Shape.of(LINEAR.length, 1));
      return matrix.matmul(x).mul(0.5).sub(linear).mul(x).sum();
    }

    @Override
    public ModuleConfig config() {
      return ModuleConfig.of("Point", Map.of());
    }
  }

  @ParameterizedTest(name = "{0} on {1}")
  @MethodSource("cases")
  void followsItsFormula(OptimizerCase tried, TestBackend tested) {
    Backend backend = tested.backend();
    List<double[]> path = expected(tried);
    try (Point model = new Point();
        Optimizer optimizer = tried.optimizer().get()) {
      model.initialize(backend, Shape.of(START.length), 1);
      model.parameters().values().copyFrom(START);
      optimizer.attach(model.parameters());
      for (int t = 1; t <= STEPS; t++) {
        step(backend, model, optimizer);
        double[] actual = model.parameters().values().toDoubleArray();
        for (int i = 0; i < actual.length; i++) {
          double x = path.get(t - 1)[i];
          double tolerance = tested.isDouble() ? REFERENCE_TOLERANCE : FLOAT_TOLERANCE;
          assertThat(actual[i])
              .as("%s: x[%d] after step %d", tried, i, t)
              .isCloseTo(x, within(tolerance * (1 + Math.abs(x))));
        }
      }
      assertThat(optimizer.steps()).isEqualTo(STEPS);
    }
  }

  private static void step(Backend backend, Point model, Optimizer optimizer) {
    int n = START.length;
    double[] matrix = new double[n * n];
    Arrays.setAll(matrix, i -> hilbert(i / n, i % n));
    try (Scope scope = Scope.open()) {
      model.parameters().zeroGrad();
      model.forward(Tensor.of(backend, matrix, Shape.of(n, n))).backward();
      optimizer.step();
    }
  }

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  /** PyTorch begins a dampened velocity with the whole gradient, the average with its share. */
  @ParameterizedTest
  @MethodSource("backends")
  void averagedMomentumBeginsAtZero(TestBackend tested) {
    double[] gradient = gradient(START);
    double[] dampened = firstStep(tested, new Sgd(1).momentum(0.9).dampening(0.9));
    double[] averaged = firstStep(tested, new Sgd(1).averagedMomentum(0.9));
    for (int i = 0; i < gradient.length; i++) {
      assertThat(dampened[i]).isCloseTo(-gradient[i], within(1e-6));
      assertThat(averaged[i]).isCloseTo(-0.1 * gradient[i], within(1e-6));
    }
  }

  /** How far the first step goes. */
  private static double[] firstStep(TestBackend tested, Optimizer closed) {
    try (Point model = new Point();
        Optimizer optimizer = closed) {
      model.initialize(tested.backend(), Shape.of(START.length), 1);
      model.parameters().values().copyFrom(START);
      optimizer.attach(model.parameters());
      step(tested.backend(), model, optimizer);
      double[] moved = model.parameters().values().toDoubleArray();
      Arrays.setAll(moved, i -> moved[i] - START[i]);
      return moved;
    }
  }

  /** No two cases lead to the same point, so that each tries what no other does. */
  @Test
  void everyCaseTakesAPathOfItsOwn() {
    Set<String> ends = new HashSet<>();
    for (OptimizerCase tried : OptimizerCase.all()) {
      double[] end = expected(tried).get(STEPS - 1);
      assertThat(ends.add(String.format("%.4f", end[0]) + String.format("%.4f", end[4])))
          .as(tried.name())
          .isTrue();
    }
  }
}
