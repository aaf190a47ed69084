package org.oncilla.tests.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.metric.MeanAbsoluteError;
import org.oncilla.metric.MeanSquaredError;
import org.oncilla.metric.Metric;
import org.oncilla.metric.RSquared;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;

/** Metrics of real outputs, against scikit-learn's examples and the definitions. */
class RegressionMetricTest {
  private static final Offset<Double> EXACT = within(1e-12);

  private static final Predictions ONE =
      Predictions.ofColumns(new double[] {2.5, 0, 2, 8}, new double[] {3, -0.5, 2, 7});
  private static final Predictions TWO =
      Predictions.ofTargets(
          new double[][] {{0, 2}, {-1, 2}, {8, -5}},
          new double[] {0.5, 1},
          new double[] {-1, 1},
          new double[] {7, -6});

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void publishedExamples(TestBackend tested) {
    assertThat(value(tested, new MeanAbsoluteError(), ONE)).isEqualTo(0.5);
    assertThat(value(tested, new MeanAbsoluteError(), TWO)).isEqualTo(0.75);
    assertThat(value(tested, new MeanSquaredError(), ONE)).isEqualTo(0.375);
    assertThat(value(tested, new MeanSquaredError(), TWO)).isCloseTo(0.708333333333, EXACT);
    assertThat(value(tested, new RSquared(), ONE)).isCloseTo(0.948608137045, EXACT);
    assertThat(value(tested, new RSquared(), TWO)).isCloseTo(0.936800526662, EXACT);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void extremesOfRSquared(TestBackend tested) {
    double[] targets = {1, 2, 3};
    assertThat(value(tested, new RSquared(), Predictions.ofColumns(targets, targets))).isEqualTo(1);
    assertThat(rSquared(tested, new double[] {2, 2, 2}, targets)).isZero();
    assertThat(rSquared(tested, new double[] {3, 2, 1}, targets)).isEqualTo(-3);
    assertThat(rSquared(tested, new double[] {4, 4}, 4, 4)).isEqualTo(1);
    assertThat(rSquared(tested, new double[] {4, 5}, 4, 4)).isZero();
    assertThat(rSquared(tested, new double[] {4}, 4)).isNaN();
  }

  /** Σx² − n·mean² would lose all digits of the variance. */
  @ParameterizedTest
  @MethodSource("backends")
  void aLargeMeanCostsNoDigits(TestBackend tested) {
    double[] targets = new double[600];
    Arrays.setAll(targets, i -> 8_388_608 + i % 3);
    double[] outputs = new double[600];
    Arrays.setAll(outputs, i -> 8_388_608 + (i + i / 300) % 3);
    double residual = 0;
    double total = 0;
    for (int i = 0; i < 600; i++) {
      residual += (targets[i] - outputs[i]) * (targets[i] - outputs[i]);
      total += (i % 3 - 1) * (i % 3 - 1);
    }
    assertThat(rSquared(tested, outputs, targets)).isCloseTo(1 - residual / total, within(1e-9));
  }

  private static double rSquared(TestBackend tested, double[] outputs, double... targets) {
    return value(tested, new RSquared(), Predictions.ofColumns(outputs, targets));
  }

  private static double value(TestBackend tested, Metric metric, Predictions predictions) {
    try (metric) {
      assertThat(metric.value()).isNaN();
      double value = predictions.feed(tested.backend(), metric, 3).value();
      metric.reset();
      assertThat(metric.value()).isNaN();
      return value;
    }
  }
}
