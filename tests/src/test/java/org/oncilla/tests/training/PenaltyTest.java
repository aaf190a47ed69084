package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.data.ArrayDataset;
import org.oncilla.data.HostBatch;
import org.oncilla.loss.MseLoss;
import org.oncilla.loss.Penalty;
import org.oncilla.loss.PenaltyTerm;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.ParameterArena;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Tanh;
import org.oncilla.optim.Optimizer;
import org.oncilla.optim.Sgd;
import org.oncilla.random.Generator;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;
import org.oncilla.train.EpochResult;
import org.oncilla.train.Trainer;

/** L1 and L2 penalties, against their formulas in double precision and against weight decay. */
class PenaltyTest {
  private static final double LAMBDA = 0.03;

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void l1IsLambdaTimesTheSumOfMagnitudes(TestBackend tested) {
    requireFormula(tested, Penalty.l1(LAMBDA), w -> LAMBDA * Math.abs(w), w -> LAMBDA * sign(w));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void l2IsHalfLambdaTimesTheSumOfSquares(TestBackend tested) {
    requireFormula(tested, Penalty.l2(LAMBDA), w -> LAMBDA / 2 * w * w, w -> LAMBDA * w);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void sumOfSquaresIsLambdaTimesTheSumOfSquares(TestBackend tested) {
    requireFormula(tested, Penalty.sumOfSquares(LAMBDA), w -> LAMBDA * w * w, w -> 2 * LAMBDA * w);
  }

  private static double sign(double w) {
    return Math.signum(w);
  }

  /** Over the weights of both layers, but not the biases; then over one named bias. */
  private static void requireFormula(
      TestBackend tested, Penalty penalty, DoubleUnaryOperator value, DoubleUnaryOperator slope) {
    try (Module model = model(tested.backend())) {
      ParameterArena weights = model.parameters();
      double[] values = weights.values().toDoubleArray();
      requireFormula(weights, penalty, values, value, slope, i -> i < 15 || i >= 20 && i < 25);
      requireFormula(
          weights,
          penalty.over(p -> p.name().equals("0.bias")),
          values,
          value,
          slope,
          i -> i >= 15 && i < 20);
    }
  }

  private static void requireFormula(
      ParameterArena weights,
      Penalty penalty,
      double[] values,
      DoubleUnaryOperator value,
      DoubleUnaryOperator slope,
      IntPredicate penalized) {
    double expected = 0;
    double[] gradient = new double[values.length];
    Arrays.fill(gradient, 2);
    weights.gradients().copyFrom(gradient);
    for (int i = 0; i < values.length; i++) {
      if (penalized.test(i)) {
        expected += value.applyAsDouble(values[i]);
        gradient[i] += slope.applyAsDouble(values[i]);
      }
    }
    try (PenaltyTerm term = penalty.of(weights);
        Tensor told = term.value()) {
      term.addGradient();
      assertThat(told.item()).isCloseTo(expected, within(1e-6 * expected));
    }
    assertThat(weights.gradients().toDoubleArray())
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(gradient);
  }

  /** Weights 0 … 14 and 20 … 24, biases 15 … 19 and 25, with two exact zeros. */
  private static Module model(Backend backend) {
    Module model =
        new Sequential(new Linear(5), new Tanh(), new Linear(1))
            .initialize(backend, Shape.of(3), 11);
    double[] values = model.parameters().values().toDoubleArray();
    for (int i = 15; i < 20; i++) {
      values[i] = i / 8.0 - 2.25;
    }
    values[2] = 0;
    model.parameters().values().copyFrom(values);
    return model;
  }

  @ParameterizedTest
  @MethodSource("backends")
  void l2IsTheCoupledWeightDecayOfSgd(TestBackend tested) {
    double[] penalized =
        trained(tested, () -> new Sgd(0.05).momentum(0.9), Penalty.l2(0.1).over(p -> true));
    double[] decayed = trained(tested, () -> new Sgd(0.05).momentum(0.9).weightDecay(0.1));
    double[] twice =
        trained(
            tested, () -> new Sgd(0.05).momentum(0.9), Penalty.sumOfSquares(0.05).over(p -> true));
    double[] free = trained(tested, () -> new Sgd(0.05).momentum(0.9));
    double precision = tested.isDouble() ? 1e-12 : 2e-6;
    assertThat(penalized).usingComparatorWithPrecision(precision).containsExactly(decayed);
    assertThat(twice).usingComparatorWithPrecision(precision).containsExactly(decayed);
    assertThat(norm(free)).isGreaterThan(1.2 * norm(decayed));
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
  }

  private static double[] trained(
      TestBackend tested, Supplier<Optimizer> optimizer, Penalty... penalties) {
    try (Module model = model(tested.backend());
        Trainer trainer =
            Trainer.of(model)
                .loss(new MseLoss())
                .optimizer(optimizer.get())
                .penalty(penalties)
                .build()) {
      trainer.fit(data().batches(8), null, 10);
      return model.parameters().values().toDoubleArray();
    }
  }

  /** The target depends on the first of three inputs alone. */
  private static ArrayDataset data() {
    Generator generator = new Generator(5, 0);
    float[] inputs = new float[3 * 64];
    float[] targets = new float[64];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = (float) generator.nextGaussian();
    }
    for (int i = 0; i < targets.length; i++) {
      targets[i] = 2 * inputs[3 * i] + 0.5f * (float) generator.nextGaussian();
    }
    return ArrayDataset.ofTargets(Shape.of(3), inputs, Shape.of(1), targets);
  }

  /** A linear model, against the lasso's solution by coordinate descent (Friedman et al., 2007). */
  @ParameterizedTest
  @MethodSource("backends")
  void l1DrivesWhatTheDataDoesNotHoldToZero(TestBackend tested) {
    double[] lasso = lasso(0.2);
    double[] free = line(tested);
    double[] sparse = line(tested, Penalty.l1(0.2));
    assertThat(lasso[0]).isGreaterThan(1.5);
    for (int unused = 1; unused <= 2; unused++) {
      assertThat(lasso[unused]).isZero();
      assertThat(Math.abs(sparse[unused])).isLessThan(5e-4);
      assertThat(Math.abs(free[unused])).isGreaterThan(5e-3);
    }
    assertThat(sparse).usingComparatorWithPrecision(2e-3).containsExactly(lasso);
  }

  /** Minimizes 1/n Σ(w·x + b − y)² + λ Σ|w|; the weights, then b. */
  private static double[] lasso(double lambda) {
    ArrayDataset data = data();
    HostBatch all = new HostBatch(data, data.size());
    for (int i = 0; i < data.size(); i++) {
      data.read(i, all, i);
    }
    double[] solution = new double[4];
    for (int round = 0; round < 200; round++) {
      for (int j = 0; j < 4; j++) {
        double correlation = 0;
        double variance = 0;
        for (int i = 0; i < data.size(); i++) {
          double rest = all.targets()[i];
          for (int k = 0; k < 4; k++) {
            rest -= k == j ? 0 : solution[k] * input(all, i, k);
          }
          correlation += input(all, i, j) * rest / data.size();
          variance += input(all, i, j) * input(all, i, j) / data.size();
        }
        double threshold = j < 3 ? lambda / 2 : 0;
        solution[j] =
            Math.signum(correlation) * Math.max(0, Math.abs(correlation) - threshold) / variance;
      }
    }
    return solution;
  }

  private static double input(HostBatch batch, int sample, int column) {
    return column == 3 ? 1 : batch.inputs()[3 * sample + column];
  }

  private static double[] line(TestBackend tested, Penalty... penalties) {
    try (Module model = new Sequential(new Linear(1));
        Trainer trainer =
            Trainer.of(model)
                .backend(tested.backend())
                .loss(new MseLoss())
                .optimizer(new Sgd(1))
                .schedule(time -> 0.2 * Math.pow(0.975, time))
                .penalty(penalties)
                .build()) {
      trainer.fit(data().batches(64), null, 250);
      return model.parameters().values().toDoubleArray();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theTrainingsLossHasThePenaltiesAndTheValidationsHasNot(TestBackend tested) {
    try (Module model = model(tested.backend());
        Trainer trainer =
            Trainer.of(model)
                .loss(new MseLoss())
                .optimizer(new Sgd(0))
                .penalty(Penalty.l1(LAMBDA), Penalty.l2(LAMBDA))
                .build()) {
      double expected = 0;
      double[] values = model.parameters().values().toDoubleArray();
      for (int i = 0; i < values.length; i++) {
        boolean weight = i < 15 || i >= 20 && i < 25;
        expected += weight ? LAMBDA * Math.abs(values[i]) + LAMBDA / 2 * values[i] * values[i] : 0;
      }
      EpochResult result = trainer.fit(data().batches(8), data().batches(8), 1).last();
      assertThat(result.training().loss() - result.validation().loss())
          .isCloseTo(expected, within(1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void nothingIsAllocatedAfterTheFirstEpochAndAllComesBack(TestBackend tested) {
    long before = tested.backend().pool().statistics().liveBytes();
    try (Module model = model(tested.backend());
        Trainer trainer =
            Trainer.of(model)
                .loss(new MseLoss())
                .optimizer(new Sgd(0.01))
                .penalty(Penalty.l1(LAMBDA), Penalty.l2(LAMBDA))
                .build()) {
      trainer.fit(data().batches(8), null, 1);
      long allocations = tested.backend().pool().statistics().allocations();
      trainer.fit(data().batches(8), null, 4);
      assertThat(tested.backend().pool().statistics().allocations()).isEqualTo(allocations);
    }
    assertThat(tested.backend().pool().statistics().liveBytes()).isEqualTo(before);
  }

  @Test
  void refusesWhatIsNoPenalty() {
    assertThatThrownBy(() -> Penalty.l1(-0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Penalty.l1: lambda must be a finite number of at least 0, not -0.1");
    assertThatThrownBy(() -> Penalty.l2(Double.NaN))
        .hasMessage("Penalty.l2: lambda must be a finite number of at least 0, not NaN");
    assertThatThrownBy(() -> Penalty.sumOfSquares(Double.POSITIVE_INFINITY))
        .hasMessageContaining("Penalty.sumOfSquares: lambda must be");
    try (ReferenceBackend backend = new ReferenceBackend();
        Module model = model(backend)) {
      assertThatThrownBy(
              () -> Penalty.l1(1).over(p -> p.name().equals("weight")).of(model.parameters()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Penalty.l1: none of the parameters [0.weight, 0.bias, 2.weight, 2.bias] is"
                  + " penalized; without over(…) they need at least two axes");
    }
  }
}
