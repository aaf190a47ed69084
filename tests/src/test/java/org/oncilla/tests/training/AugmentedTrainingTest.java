package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.data.Augmentations;
import org.oncilla.data.Batches;
import org.oncilla.data.Dataset;
import org.oncilla.io.Checkpoint;
import org.oncilla.nn.Module;
import org.oncilla.tests.Digits;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.train.History;
import org.oncilla.train.Trainer;

/** A training on images that are changed at random, resumed, gives the same weights. */
class AugmentedTrainingTest {
  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  private static Batches augmented() {
    return Digits.train()
        .range(0, 128)
        .augmented(
            3,
            Augmentations.shift(1, 1),
            Augmentations.rotation(15),
            Augmentations.scaling(0.9, 1.1),
            Augmentations.contrast(0.2),
            Augmentations.gaussianNoise(0.05),
            Augmentations.cutout(2))
        .shuffled(Nets.SEED)
        .batches(32);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void resumesBitForBit(TestBackend tested) {
    double[] uninterrupted;
    double first;
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, tested.backend()).build()) {
      first = trainer.fit(augmented(), null, 3).last().training().loss();
      uninterrupted = model.parameters().values().toDoubleArray();
    }
    Checkpoint checkpoint;
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, tested.backend()).build()) {
      trainer.fit(augmented(), null, 2);
      checkpoint = trainer.checkpoint();
    }
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, tested.backend()).resume(checkpoint).build()) {
      double again = trainer.fit(augmented(), null, 3).last().training().loss();
      double precision = tested.isDouble() ? 1e-4 : 0.0; // a checkpoint holds single precision
      assertThat(model.parameters().values().toDoubleArray())
          .usingComparatorWithPrecision(precision)
          .containsExactly(uninterrupted);
      assertThat(Math.abs(again - first)).isLessThanOrEqualTo(precision);
    }
  }

  /** Labels become probabilities, which the loss takes and the accuracy counts by the largest. */
  @ParameterizedTest
  @MethodSource("backends")
  void learnsFromMixtures(TestBackend tested) {
    Dataset digits = Digits.train().range(0, 320);
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, tested.backend()).build()) {
      History history =
          trainer.fit(
              digits.mixup(5, 0.2).shuffled(Nets.SEED).batches(32), digits.batches(160), 10);
      assertThat(history.last().validation().metrics().get("accuracy")).isGreaterThan(0.7);
      assertThat(history.last().training().metrics().get("accuracy")).isGreaterThan(0.5);
    }
  }
}
