package org.oncilla.tests.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.oncilla.backend.Backend;
import org.oncilla.nn.ELU;
import org.oncilla.nn.LeakyReLU;
import org.oncilla.nn.Module;
import org.oncilla.nn.PReLU;
import org.oncilla.nn.RReLU;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;

/** What activations with a parameter draw, learn and refuse. */
class ActivationLayerTest {
  private static final Shape SAMPLE = Shape.of(3, 200);
  private static final Shape BATCH = SAMPLE.prepend(4);

  private final Backend backend = new ReferenceBackend();

  @AfterEach
  void close() {
    backend.close();
  }

  /** The slopes of −1 are the outputs, negated. */
  private static double[] slopes(Backend on, Module model) {
    try (Scope scope = Scope.open()) {
      return model.forward(Tensor.full(on, BATCH, -1)).neg().toDoubleArray();
    }
  }

  @Test
  void randomSlopesAreUniformAndNewForEveryBatch() {
    try (Module model = new RReLU(0.1, 0.5).initialize(backend, SAMPLE, 3)) {
      double[] first = slopes(backend, model);
      double[] second = slopes(backend, model);
      assertThat(first).isNotEqualTo(second);
      assertThat(Arrays.stream(first)).allMatch(slope -> slope >= 0.1 && slope < 0.5);
      assertThat(Arrays.stream(first).distinct().count()).isGreaterThan(2300);
      // 2,400 draws with a deviation of 0.4/√12: four deviations of their mean are 0.0094
      assertThat(Arrays.stream(first).average().orElseThrow()).isCloseTo(0.3, within(0.0094));
      model.randomStreams().restore(3, 0);
      assertThat(slopes(backend, model)).containsExactly(first);
    }
  }

  @Test
  void randomSlopesAreTheSameOnEveryBackend() {
    double[] expected;
    try (Module model = new RReLU().initialize(backend, SAMPLE, 3)) {
      expected = slopes(backend, model);
    }
    for (TestBackend target : TestBackends.present()) {
      try (Module model = new RReLU().initialize(target.backend(), SAMPLE, 3)) {
        assertThat(slopes(target.backend(), model)).containsExactly(expected, within(1e-7));
      }
    }
  }

  @Test
  void inEvaluationTheSlopeIsTheMean() {
    try (Module model = new RReLU().initialize(backend, SAMPLE, 3)) {
      model.eval();
      assertThat(slopes(backend, model)).containsOnly((1 / 8.0 + 1 / 3.0) / 2);
      assertThat(model.randomStreams().draws()).isZero();
    }
  }

  @Test
  void learntSlopesStartAtAQuarterForAllOrForEachChannel() {
    PReLU one = new PReLU();
    PReLU each = new PReLU().perChannel(true);
    try (Module first = one.initialize(backend, SAMPLE, 1);
        Module second = each.initialize(backend, SAMPLE, 1)) {
      assertThat(one.weight().shape()).isEqualTo(Shape.of(1));
      assertThat(one.weight().name()).isEqualTo("weight");
      assertThat(each.weight().shape()).isEqualTo(Shape.of(3));
      assertThat(slopes(backend, first)).containsOnly(0.25);
      each.weight().value().copyFrom(new double[] {0.1, 0.2, -0.3});
      double[] slopes = slopes(backend, second);
      assertThat(slopes[0]).isEqualTo(0.1);
      assertThat(slopes[200]).isEqualTo(0.2);
      assertThat(slopes[400]).isEqualTo(-0.3);
      assertThat(slopes[600]).isEqualTo(0.1);
    }
  }

  @Test
  void atZeroTheDerivativeIsTheSlope() {
    PReLU layer = new PReLU();
    try (Module model = layer.initialize(backend, Shape.of(3), 1);
        Scope scope = Scope.open()) {
      Tensor x = Tensor.of(backend, new double[] {-1, 0, 1}, Shape.of(1, 3)).requireGrad();
      model.forward(x).sum().backward();
      assertThat(x.gradient().toDoubleArray()).containsExactly(0.25, 0.25, 1);
      assertThat(layer.weight().value().gradient().item()).isEqualTo(-1);
    }
  }

  @Test
  void infiniteInputsStayInfinite() {
    double big = Double.POSITIVE_INFINITY;
    for (Module model : List.of(new PReLU(), new PReLU().perChannel(true), new RReLU())) {
      try (Module built = model.initialize(backend, Shape.of(3), 1);
          Scope scope = Scope.open()) {
        Tensor x = Tensor.of(backend, new double[] {big, -big, Double.NaN}, Shape.of(1, 3));
        assertThat(built.forward(x).toDoubleArray()).containsExactly(big, -big, Double.NaN);
      }
    }
  }

  @Test
  void refuseSettingsThatMakeNoActivation() {
    assertThatThrownBy(() -> new LeakyReLU(-0.01))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("LeakyReLU: the slope below 0 must be finite and at least 0, not -0.01");
    assertThatThrownBy(() -> new ELU(Double.NaN))
        .hasMessage("ELU: alpha must be finite and at least 0, not NaN");
    assertThatThrownBy(() -> new RReLU(-0.5, 0.5))
        .hasMessage("RReLU: the smallest slope must be finite and at least 0, not -0.5");
    assertThatThrownBy(() -> new RReLU(0.5, 0.25))
        .hasMessage("RReLU: the smallest slope, 0.5, is larger than the largest, 0.25");
    assertThatThrownBy(() -> new PReLU().initial(Double.NEGATIVE_INFINITY))
        .hasMessage("PReLU: the first slope must be finite, not -Infinity");
    assertThatThrownBy(() -> new PReLU().perChannel(true).summary(Shape.SCALAR))
        .hasMessageContaining(
            "PReLU with a slope for each channel needs channels, [C] or [C, …], but gets []; put"
                + " perChannel(false)");
  }
}
