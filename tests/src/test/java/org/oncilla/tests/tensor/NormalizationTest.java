package org.oncilla.tests.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;

/** Normalization beyond its values and gradients: running statistics, and what is refused. */
class NormalizationTest {
  private final ReferenceBackend backend = new ReferenceBackend();

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  @AfterEach
  void close() {
    assertThat(backend.pool().statistics().liveBytes()).isZero();
    backend.close();
  }

  /** Batches of a mean and a variance known by hand: 1, 3 and then 2, 6, 10. */
  @ParameterizedTest
  @MethodSource("backends")
  void runningStatisticsFollowBatches(TestBackend target) {
    try (Scope scope = Scope.open()) {
      Tensor mean = Tensor.zeros(target.backend(), Shape.of(1));
      Tensor variance = Tensor.full(target.backend(), Shape.of(1), 1);
      normalize(target, mean, variance, 1, 3);
      // Mean 2, unbiased variance 2.
      assertThat(mean.item()).isCloseTo(0.9 * 0 + 0.1 * 2, within(1e-6));
      assertThat(variance.item()).isCloseTo(0.9 * 1 + 0.1 * 2, within(1e-6));
      normalize(target, mean, variance, 2, 6, 10);
      // Mean 6, unbiased variance 16.
      assertThat(mean.item()).isCloseTo(0.9 * 0.2 + 0.1 * 6, within(1e-6));
      assertThat(variance.item()).isCloseTo(0.9 * 1.1 + 0.1 * 16, within(1e-6));
    }
  }

  private static void normalize(TestBackend target, Tensor mean, Tensor variance, double... x) {
    Tensor.of(target.backend(), x, Shape.of(x.length, 1))
        .batchNorm(null, null, mean, variance, 0.1, 1e-5);
  }

  /** Backward of evaluation needs the statistics that training would overwrite. */
  @Test
  void backwardAfterTheStatisticsMovedIsRefused() {
    try (Scope scope = Scope.open()) {
      Tensor x = values(4, 3).requireGrad();
      Tensor mean = values(3);
      Tensor variance = Tensor.full(backend, Shape.of(3), 1);
      Tensor y = x.batchNormEvaluation(null, null, mean, variance, 1e-5);
      values(4, 3).batchNorm(null, null, mean, variance, 0.1, 1e-5);
      assertThatThrownBy(() -> y.sum().backward())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("what batchNorm saved for it, of shape [3], was overwritten since");
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    try (Scope scope = Scope.open()) {
      Tensor x = values(2, 4, 3);
      Tensor four = values(4);
      Tensor three = values(3);
      assertRefused(
          () -> values(4).batchNorm(null, null, null, null, 0.1, 1e-5),
          "batchNorm: the input must be [N, C, …], but has shape [4]");
      assertRefused(
          () -> x.batchNorm(three, four, null, null, 0.1, 1e-5),
          "batchNorm: the weight must have shape [4], but has shape [3]");
      assertRefused(
          () -> x.batchNorm(four, three, null, null, 0.1, 1e-5),
          "batchNorm: the bias must have shape [4], but has shape [3]");
      assertRefused(
          () -> x.batchNorm(four, four, null, null, 0.1, 1e-5),
          "batchNorm: weight and bias are the same tensor; make one for each");
      assertRefused(
          () -> x.batchNorm(null, null, three, four, 0.1, 1e-5),
          "batchNorm: the running mean must have shape [4], but has shape [3]");
      assertRefused(
          () -> x.batchNormEvaluation(null, null, four, three, 1e-5),
          "batchNorm: the variance must have shape [4], but has shape [3]");
      assertRefused(
          () -> values(1, 4).batchNorm(null, null, null, null, 0.1, 1e-5),
          "batch norm: training needs more than 1 value of each channel, but x is [1, 4, 1]");
      assertRefused(
          () -> x.groupNorm(3, null, null, 1e-5),
          "group norm: groups 3 must divide the 4 channels");
      assertRefused(
          () -> x.groupNorm(-1, null, null, 1e-5),
          "group norm: groups -1 must divide the 4 channels");
      assertRefused(
          () -> x.groupNorm(2, null, null, 0),
          "group norm: epsilon must be finite and above 0 in single precision, not 0.0");
      assertRefused(
          () -> x.layerNorm(Shape.of(4), null, null, 1e-5),
          "layerNorm: the last axes of an input of shape [2, 4, 3] must be the normalized shape [4]");
      assertRefused(
          () -> x.layerNorm(Shape.of(4, 3), three, null, 1e-5),
          "layerNorm: the weight must have shape [4, 3], but has shape [3]");
      assertRefused(
          () -> x.layerNorm(Shape.SCALAR, null, null, 1e-5), "must be the normalized shape []");
    }
  }

  private static void assertRefused(Runnable call, String text) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }

  @Test
  void refusesClosedTensors() {
    Tensor closed = values(3);
    closed.close();
    try (Tensor x = values(2, 3)) {
      assertThatThrownBy(() -> x.batchNorm(closed, null, null, null, 0.1, 1e-5))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("batchNorm: this tensor of shape [3] was closed");
      assertThatThrownBy(() -> x.layerNorm(Shape.of(3), null, closed, 1e-5))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("layerNorm: this tensor of shape [3] was closed");
    }
  }

  private Tensor values(int... sizes) {
    return new Draw(4).values(sizes).on(backend);
  }
}
