package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.data.Batches;
import org.oncilla.formats.CheckpointFile;
import org.oncilla.io.Checkpoint;
import org.oncilla.io.Checkpoints;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.Sequential;
import org.oncilla.optim.Adagrad;
import org.oncilla.optim.Adam;
import org.oncilla.optim.AdamW;
import org.oncilla.optim.ExponentialDecay;
import org.oncilla.optim.Nadam;
import org.oncilla.optim.Optimizer;
import org.oncilla.optim.ReduceOnPlateau;
import org.oncilla.optim.Sgd;
import org.oncilla.tensor.Shape;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;
import org.oncilla.train.Trainer;

/** A training resumed from a file gives the same weights as one that never stopped. */
class ResumeTest {
  @TempDir Path folder;

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void resumesAdam(TestBackend tested) throws IOException {
    requireSameWeights(tested, () -> new Adam(3e-3));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void resumesMomentum(TestBackend tested) throws IOException {
    requireSameWeights(tested, () -> new Sgd(0.05).momentum(0.9));
  }

  /** State that is not a moment: a product of all steps so far, a maximum, a first value. */
  @ParameterizedTest
  @MethodSource("backends")
  void resumesFurtherKindsOfState(TestBackend tested) throws IOException {
    requireSameWeights(tested, () -> new Nadam(3e-3).momentumDecay(0.1));
    requireSameWeights(tested, () -> new AdamW(3e-3).betas(0.9, 0.9).amsgrad(true));
    requireSameWeights(tested, () -> new Adagrad(0.01).initialAccumulator(0.1));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void drawsTheMasksOfTheSavedSeed(TestBackend tested) {
    Checkpoint checkpoint;
    double[] uninterrupted;
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, tested.backend()).build()) {
      trainer.fit(digits(), null, 1);
      checkpoint = trainer.checkpoint();
      trainer.fit(digits(), null, 2);
      uninterrupted = model.parameters().values().toDoubleArray();
    }
    try (Module model = Nets.convolutional();
        Trainer trainer =
            Nets.trainer(model, tested.backend()).seed(Nets.SEED + 1).resume(checkpoint).build()) {
      trainer.fit(digits(), null, 2);
      assertThat(model.parameters().values().toDoubleArray())
          .usingComparatorWithPrecision(tested.isDouble() ? 1e-4 : 0.0)
          .containsExactly(uninterrupted);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void goesOnWithTheScheduledLearningRate(TestBackend tested) {
    ExponentialDecay decay = new ExponentialDecay(0.1, 0.5);
    Checkpoint checkpoint;
    try (Module model = Nets.convolutional();
        Trainer trainer =
            Nets.trainer(model, tested.backend(), () -> new Sgd(1)).schedule(decay).build()) {
      trainer.fit(digits(), null, 2);
      assertThat(trainer.optimizer().learningRate()).isEqualTo(0.05);
      checkpoint = trainer.checkpoint();
    }
    try (Module model = Nets.convolutional();
        Trainer trainer =
            Nets.trainer(model, tested.backend(), () -> new Sgd(1))
                .schedule(decay)
                .resume(checkpoint)
                .build()) {
      trainer.fit(digits(), null, 3);
      assertThat(trainer.optimizer().learningRate()).isEqualTo(0.025);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void refusesACheckpointOfAnotherOptimizer(TestBackend tested) {
    Checkpoint checkpoint;
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, tested.backend()).build()) {
      trainer.fit(digits(), null, 1);
      checkpoint = trainer.checkpoint();
    }
    try (Module model = Nets.convolutional();
        Trainer trainer =
            Nets.trainer(model, tested.backend(), () -> new Sgd(0.1)).resume(checkpoint).build()) {
      assertThatThrownBy(() -> trainer.fit(digits(), null, 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("trained by adam, but this optimizer is sgd");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void refusesACheckpointOfAnotherModel(TestBackend tested) {
    Checkpoint checkpoint;
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, tested.backend()).build()) {
      trainer.fit(digits(), null, 1);
      checkpoint = trainer.checkpoint();
    }
    try (Module other =
        new Sequential(new Linear(3)).initialize(tested.backend(), Shape.of(2), 1)) {
      double[] before = other.parameters().values().toDoubleArray();
      assertThatThrownBy(() -> Checkpoints.restore(checkpoint, other))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              "tensor 0.weight has shape [6, 1, 3, 3], but the model's has shape [3, 2]");
      assertThat(other.parameters().values().toDoubleArray()).containsExactly(before);
    }
  }

  /** The optimizer's state is looked at after the weights were restored. */
  @ParameterizedTest
  @MethodSource("backends")
  void aCheckpointThatDoesNotFitChangesNothing(TestBackend tested) {
    Checkpoint checkpoint;
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, tested.backend()).build()) {
      trainer.fit(digits(), null, 1);
      checkpoint = trainer.checkpoint();
    }
    ReduceOnPlateau schedule = new ReduceOnPlateau(0.1);
    checkpoint.state().put("schedule.rate", "0.5"); // and the others are missing
    for (boolean amsgrad : new boolean[] {true, false}) {
      Supplier<Optimizer> optimizer = () -> new Adam(3e-3).amsgrad(amsgrad);
      try (Module model = Nets.convolutional().initialize(tested.backend(), Shape.of(1, 8, 8), 99);
          Trainer trainer =
              Nets.trainer(model, tested.backend(), optimizer)
                  .schedule(schedule)
                  .resume(checkpoint)
                  .build()) {
        double[] before = model.parameters().values().toDoubleArray();
        assertThatThrownBy(() -> trainer.fit(digits(), digits(), 2))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(
                amsgrad
                    ? "lacks the tensor optimizer.largest_second_moment"
                    : "ReduceOnPlateau: the saved state lacks best");
        assertThat(model.parameters().values().toDoubleArray()).containsExactly(before);
        assertThat(model.randomStreams().seed()).isEqualTo(99);
        assertThat(trainer.optimizer().steps()).isZero();
        assertThat(schedule.rate(0)).isEqualTo(0.1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aCheckpointBeforeTheFirstEpochIsTheOneThatIsResumed(TestBackend tested) {
    Checkpoint saved;
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, tested.backend()).build()) {
      trainer.fit(digits(), null, 1);
      saved = trainer.checkpoint();
    }
    try (Module model = Checkpoints.model(saved, tested.backend());
        Trainer trainer = Nets.trainer(model, tested.backend()).resume(saved).build()) {
      Checkpoint again = trainer.checkpoint();
      assertThat(again.state()).isEqualTo(saved.state());
      assertThat(again.tensors().keySet()).isEqualTo(saved.tensors().keySet());
      saved
          .tensors()
          .forEach(
              (name, tensor) ->
                  assertThat(again.tensors().get(name).values())
                      .as(name)
                      .containsExactly(tensor.values()));
    }
  }

  @Test
  void aTrainerThatIsClosedTrainsNoMore() {
    try (ReferenceBackend backend = new ReferenceBackend();
        Module model = Nets.convolutional()) {
      Trainer trainer = Nets.trainer(model, backend).build();
      trainer.fit(digits(), null, 1);
      trainer.close();
      for (Runnable use :
          List.<Runnable>of(
              () -> trainer.fit(digits(), null, 2),
              () -> trainer.evaluate(digits()),
              trainer::checkpoint)) {
        assertThatThrownBy(use::run)
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("this trainer is closed, and the optimizer's state is gone")
            .hasMessageContaining("resume(checkpoint)");
      }
      trainer.close();
      model.close();
      assertThat(backend.pool().statistics().liveBytes()).isZero();
    }
  }

  private void requireSameWeights(TestBackend tested, Supplier<Optimizer> optimizer)
      throws IOException {
    Backend backend = tested.backend();
    float[] uninterrupted;
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, backend, optimizer).build()) {
      trainer.fit(digits(), null, 4);
      uninterrupted = model.parameters().values().toFloatArray();
    }
    Path file = folder.resolve("model.safetensors");
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, backend, optimizer).build()) {
      trainer.fit(digits(), null, 2);
      CheckpointFile.save(file, trainer.checkpoint());
    }
    Checkpoint loaded = CheckpointFile.load(file);
    try (Module model = Checkpoints.model(loaded, backend);
        Trainer trainer = Nets.trainer(model, backend, optimizer).resume(loaded).build()) {
      trainer.fit(digits(), null, 4);
      if (tested.isDouble()) {
        // The file holds single precision.
        assertThat(model.parameters().values().toFloatArray())
            .usingComparatorWithPrecision(1e-4f)
            .containsExactly(uninterrupted);
      } else {
        assertThat(model.parameters().values().toFloatArray()).containsExactly(uninterrupted);
      }
    }
  }

  private static Batches digits() {
    return Nets.digits(256).batches(32);
  }
}
