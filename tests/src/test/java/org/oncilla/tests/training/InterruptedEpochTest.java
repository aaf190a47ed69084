package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.data.Batches;
import org.oncilla.nn.Activations;
import org.oncilla.nn.BatchNorm2d;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.Residual;
import org.oncilla.nn.Sequential;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.train.Progress;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;

/** An epoch is done as a whole or not at all. */
class InterruptedEpochTest {
  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  /** Fails once, in the middle of an epoch. */
  private static final class FailsOnce implements TrainingListener {
    private boolean failed;

    @Override
    public void progressed(Progress progress) {
      if (progress.epoch() == 2 && !failed) {
        failed = true;
        throw new IllegalStateException("enough");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aFailureBringsBackWhatWasBeforeTheEpoch(TestBackend tested) {
    double[] undisturbed;
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, tested.backend()).build()) {
      trainer.fit(batches(), null, 3);
      undisturbed = model.parameters().values().toDoubleArray();
    }
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, tested.backend()).listener(new FailsOnce()).build()) {
      assertThatThrownBy(() -> trainer.fit(batches(), null, 3)).hasMessage("enough");
      assertThat(trainer.checkpoint().state()).containsEntry("epoch", "1");
      trainer.fit(batches(), null, 3);
      assertThat(model.parameters().values().toDoubleArray()).containsExactly(undisturbed);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void noCheckpointIsTakenWithinAnEpoch(TestBackend tested) {
    TrainingListener impatient =
        new TrainingListener() {
          private Trainer trainer;

          @Override
          public void started(Trainer started) {
            trainer = started;
          }

          @Override
          public void progressed(Progress progress) {
            trainer.checkpoint();
          }
        };
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, tested.backend()).listener(impatient).build()) {
      assertThatThrownBy(() -> trainer.fit(batches(), null, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("checkpoint: epoch 1 is under way");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void evaluationChangesNothing(TestBackend tested) {
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, tested.backend()).build()) {
      trainer.fit(batches(), null, 1);
      model.eval();
      double first = trainer.evaluate(batches()).loss();
      assertThat(model.isTraining()).isFalse();
      assertThat(trainer.evaluate(batches()).loss()).isEqualTo(first);
      model.train();
      assertThat(trainer.evaluate(batches()).loss()).isEqualTo(first);
      assertThat(model.isTraining()).isTrue();
    }
  }

  /** A batch normalization in evaluation behaviour keeps its statistics, and learns its scale. */
  @ParameterizedTest
  @MethodSource("backends")
  void layersThatWereSwitchedAloneStaySo(TestBackend tested) {
    BatchNorm2d frozen = new BatchNorm2d();
    BatchNorm2d moving = new BatchNorm2d();
    try (Module model =
            new Sequential(
                new Conv2d(2, 3), frozen, new Residual(moving), new Flatten(), new Linear(10));
        Trainer trainer = Nets.trainer(model, tested.backend()).build()) {
      frozen.eval();
      trainer.fit(batches(), batches(), 2);
      trainer.evaluate(batches());
      try (Tensor image = Tensor.zeros(tested.backend(), Shape.of(2, 1, 8, 8));
          Scope scope = Scope.open()) {
        Activations.of(model, image);
      }
      assertThat(frozen.isTraining()).isFalse();
      assertThat(frozen.runningMean().value().toDoubleArray()).containsOnly(0);
      assertThat(frozen.weight().value().toDoubleArray()).doesNotContain(1);
      assertThat(moving.isTraining()).isTrue();
      assertThat(moving.runningMean().value().toDoubleArray()).doesNotContain(0);
      model.eval();
      trainer.fit(batches(), null, 3);
      assertThat(frozen.isTraining()).isTrue();
      assertThat(frozen.runningMean().value().toDoubleArray()).doesNotContain(0);
    }
  }

  private static Batches batches() {
    return Nets.digits(320).batches(8);
  }
}
