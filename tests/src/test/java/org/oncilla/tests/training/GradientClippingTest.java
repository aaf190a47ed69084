package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.ParameterArena;
import org.oncilla.nn.Sequential;
import org.oncilla.optim.Sgd;
import org.oncilla.tensor.Shape;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;
import org.oncilla.train.Trainer;

/** Clipping by norm and by value, against the formulas. */
class GradientClippingTest {
  private static final double[] GRADIENTS = {3, -4, 12, 0.5, -0.25, 0};

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aNormAboveTheLimitIsScaledDown(TestBackend tested) {
    double norm = Math.sqrt(Arrays.stream(GRADIENTS).map(g -> g * g).sum());
    try (Module model = model(tested)) {
      ParameterArena weights = model.parameters();
      weights.clipGradientNorm(100);
      assertThat(weights.gradients().toDoubleArray()).containsExactly(GRADIENTS);
      weights.clipGradientNorm(2);
      double[] clipped = weights.gradients().toDoubleArray();
      for (int i = 0; i < GRADIENTS.length; i++) {
        assertThat(clipped[i]).isCloseTo(GRADIENTS[i] * 2 / (norm + 1e-6), within(1e-6));
      }
      assertThat(weights.gradientNorm()).isCloseTo(2, within(1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void valuesAboveTheLimitAreCutOff(TestBackend tested) {
    try (Module model = model(tested)) {
      model.parameters().clipGradientValue(0.5);
      assertThat(model.parameters().gradients().toDoubleArray())
          .containsExactly(0.5, -0.5, 0.5, 0.5, -0.25, 0);
    }
  }

  /** One step of plain gradient descent moves the weights by at most rate times norm. */
  @ParameterizedTest
  @MethodSource("backends")
  void aTrainerClipsBeforeEachStep(TestBackend tested) {
    try (Module model = Nets.convolutional();
        Trainer trainer =
            Nets.trainer(model, tested.backend(), () -> new Sgd(1))
                .clipGradientNorm(1e-3)
                .build()) {
      model.initialize(tested.backend(), Shape.of(1, 8, 8), Nets.SEED);
      double[] before = model.parameters().values().toDoubleArray();
      trainer.fit(Nets.digits(32).batches(32), null, 1);
      double[] after = model.parameters().values().toDoubleArray();
      double moved = 0;
      for (int i = 0; i < before.length; i++) {
        moved += (after[i] - before[i]) * (after[i] - before[i]);
      }
      assertThat(Math.sqrt(moved)).isCloseTo(1e-3, within(2e-6));
    }
  }

  /** One step of plain gradient descent moves no weight by more than rate times limit. */
  @ParameterizedTest
  @MethodSource("backends")
  void aTrainerClipsEachValueBeforeEachStep(TestBackend tested) {
    try (Module model = Nets.convolutional();
        Trainer trainer =
            Nets.trainer(model, tested.backend(), () -> new Sgd(1))
                .clipGradientValue(1e-3)
                .build()) {
      model.initialize(tested.backend(), Shape.of(1, 8, 8), Nets.SEED);
      double[] before = model.parameters().values().toDoubleArray();
      trainer.fit(Nets.digits(32).batches(32), null, 1);
      double[] after = model.parameters().values().toDoubleArray();
      double largest = 0;
      for (int i = 0; i < before.length; i++) {
        largest = Math.max(largest, Math.abs(after[i] - before[i]));
      }
      assertThat(largest).isCloseTo(1e-3, within(1e-6));
    }
  }

  @Test
  void refusesLimitsThatAreNone() {
    try (ReferenceBackend backend = new ReferenceBackend();
        Module model = new Sequential(new Linear(1)).initialize(backend, Shape.of(1), 1)) {
      assertThatThrownBy(() -> model.parameters().clipGradientNorm(0))
          .hasMessage(
              "clipGradientNorm: the norm must be finite and above 0, not 0.0; leave it out not to clip");
      assertThatThrownBy(() -> model.parameters().clipGradientValue(Double.NaN))
          .hasMessage(
              "clipGradientValue: the limit must be finite and above 0, not NaN; leave it out not to clip");
      assertThatThrownBy(() -> Trainer.of(model).clipGradientNorm(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("clipGradientNorm: the norm must be finite and above 0, not 0.0");
      assertThatThrownBy(() -> Trainer.of(model).clipGradientValue(-1))
          .hasMessageContaining("clipGradientValue: the limit must be finite and above 0, not -1");
    }
  }

  private static Module model(TestBackend tested) {
    Module model = new Sequential(new Linear(2)).initialize(tested.backend(), Shape.of(2), 1);
    model.parameters().gradients().copyFrom(GRADIENTS);
    return model;
  }
}
