package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.data.Batches;
import org.oncilla.formats.CheckpointFile;
import org.oncilla.io.Checkpoint;
import org.oncilla.io.Checkpoints;
import org.oncilla.nn.Module;
import org.oncilla.optim.CosineDecay;
import org.oncilla.optim.LearningRateSchedule;
import org.oncilla.optim.OneCycle;
import org.oncilla.optim.ReduceOnPlateau;
import org.oncilla.optim.Sgd;
import org.oncilla.optim.Warmup;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.train.EpochResult;
import org.oncilla.train.Progress;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;

/** Learning rates that change with the steps and with what the validation shows. */
class ScheduledTrainingTest {
  private static final int STEPS = 4;
  private static final int EPOCHS = 6;

  @TempDir Path folder;

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  /** Step s of 4 of epoch e is at time e + s/4. */
  @ParameterizedTest
  @MethodSource("backends")
  void everyStepHasTheRateOfItsTime(TestBackend tested) {
    List<Double> times = new ArrayList<>();
    LearningRateSchedule noting =
        time -> {
          times.add(time);
          return 0.01;
        };
    try (Module model = Nets.convolutional();
        Trainer trainer = trainer(tested, model, noting)) {
      trainer.fit(train(), null, 2);
      assertThat(trainer.optimizer().learningRate()).isEqualTo(0.01);
    }
    assertThat(times).containsExactly(0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75);
  }

  /** A rate of 0 in all steps but one: the weights move as in that one step. */
  @ParameterizedTest
  @MethodSource("backends")
  void aStepIsTakenWithTheRateOfItsTime(TestBackend tested) {
    try (Module model = Nets.convolutional();
        Trainer trainer =
            Nets.trainer(model, tested.backend(), () -> new Sgd(1))
                .schedule(time -> time < 0.75 ? 0 : 0.5)
                .build()) {
      model.initialize(tested.backend(), train().dataset().inputShape(), Nets.SEED);
      List<double[]> weights = new ArrayList<>();
      weights.add(model.parameters().values().toDoubleArray());
      trainer.fit(train(), null, 1);
      weights.add(model.parameters().values().toDoubleArray());
      double[] gradients = model.parameters().gradients().toDoubleArray();
      for (int i = 0; i < gradients.length; i++) {
        assertThat(weights.get(1)[i])
            .isCloseTo(weights.get(0)[i] - 0.5 * gradients[i], within(1e-6));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void resumesASchedulePerStep(TestBackend tested) throws IOException {
    requireSameTraining(tested, () -> new Warmup(new CosineDecay(0.1, 0, EPOCHS - 1), 1.5, 0.1));
    requireSameTraining(tested, () -> new OneCycle(0.1, EPOCHS));
  }

  /** The rate falls before and after the checkpoint, so that the best value must be kept. */
  @ParameterizedTest
  @MethodSource("backends")
  void resumesReduceOnPlateau(TestBackend tested) throws IOException {
    List<Double> rates =
        requireSameTraining(
            tested, () -> new ReduceOnPlateau(0.2).factor(0.5).patience(0).threshold(0.5));
    assertThat(rates.get(EPOCHS / 2 - 1)).isLessThan(rates.get(0));
    assertThat(rates.get(EPOCHS - 1)).isLessThan(rates.get(EPOCHS / 2 - 1));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void watchesAMetric(TestBackend tested) {
    ReduceOnPlateau unattainable =
        new ReduceOnPlateau(0.2).factor(0.5).patience(1).threshold(0.99).watchHighest("accuracy");
    try (Module model = Nets.convolutional();
        Trainer trainer = trainer(tested, model, unattainable)) {
      trainer.fit(train(), validation(), 5);
    }
    assertThat(unattainable.rate(5)).isLessThan(0.2);
  }

  /** An epoch that is undone does not count: neither as bad nor as best. */
  @ParameterizedTest
  @MethodSource("backends")
  void anEpochThatIsUndoneDoesNotCount(TestBackend tested) {
    ReduceOnPlateau undisturbed = plateau();
    try (Module model = Nets.convolutional();
        Trainer trainer = trainer(tested, model, undisturbed)) {
      trainer.fit(train(), validation(), 3);
    }
    ReduceOnPlateau disturbed = plateau();
    TrainingListener failsOnce =
        new TrainingListener() {
          private boolean failed;

          @Override
          public void progressed(Progress progress) {
            if (progress.epoch() == 2 && !failed) {
              failed = true;
              throw new IllegalStateException("enough");
            }
          }
        };
    try (Module model = Nets.convolutional();
        Trainer trainer = builder(tested, model, disturbed).listener(failsOnce).build()) {
      assertThatThrownBy(() -> trainer.fit(train(), validation(), 3)).hasMessage("enough");
      trainer.fit(train(), validation(), 3);
    }
    assertThat(disturbed.state()).isEqualTo(undisturbed.state());
  }

  /** The best of one training would be out of reach for the next. */
  @ParameterizedTest
  @MethodSource("backends")
  void aScheduleThatServedAnotherTrainingBeginsAnew(TestBackend tested) {
    ReduceOnPlateau plateau = plateau();
    List<Map<String, String>> states = new ArrayList<>();
    for (int training = 0; training < 2; training++) {
      try (Module model = Nets.convolutional();
          Trainer trainer = trainer(tested, model, plateau)) {
        trainer.fit(train(), validation(), 4);
        states.add(plateau.state());
      }
    }
    assertThat(plateau.rate(4)).isLessThan(0.2);
    assertThat(states.get(1)).isEqualTo(states.get(0));
  }

  private static ReduceOnPlateau plateau() {
    return new ReduceOnPlateau(0.2).factor(0.5).patience(1).threshold(0.5);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void refusesSchedulesThatDoNotFit(TestBackend tested) {
    try (Module model = Nets.convolutional();
        Trainer trainer = trainer(tested, model, plateau())) {
      assertThatThrownBy(() -> trainer.fit(train(), null, 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("watches the validation's loss, but there is no validation data");
    }
    try (Module model = Nets.convolutional();
        Trainer trainer = trainer(tested, model, plateau().watchHighest("f1"))) {
      assertThatThrownBy(() -> trainer.fit(train(), validation(), 3))
          .hasMessageContaining("validation's f1, but measured are [accuracy, loss]");
    }
    try (Module model = Nets.convolutional();
        Trainer trainer = trainer(tested, model, new Warmup(time -> 0.1, 4))) {
      assertThatThrownBy(() -> trainer.fit(train(), null, 3))
          .hasMessageContaining("warm-up of 4.0 epochs is longer than the training of 3");
    }
    try (Module model = Nets.convolutional();
        Trainer trainer = trainer(tested, model, time -> -0.5)) {
      assertThatThrownBy(() -> trainer.fit(train(), null, 3))
          .hasMessageContaining(
              "the learning rate must be a finite number of at least 0, not -0.5");
    }
  }

  /** Trains at once and in two parts with a file between them; returns the rates of the epochs. */
  private List<Double> requireSameTraining(
      TestBackend tested, Supplier<LearningRateSchedule> schedule) throws IOException {
    List<Double> whole = new ArrayList<>();
    double[] expected;
    try (Module model = Nets.convolutional();
        Trainer trainer = builder(tested, model, schedule.get()).listener(noting(whole)).build()) {
      trainer.fit(train(), validation(), EPOCHS);
      expected = model.parameters().values().toDoubleArray();
    }
    List<Double> parts = new ArrayList<>();
    Path file = folder.resolve("model.safetensors");
    try (Module model = Nets.convolutional();
        Trainer trainer = builder(tested, model, schedule.get()).listener(noting(parts)).build()) {
      trainer.fit(train(), validation(), EPOCHS / 2);
      CheckpointFile.save(file, trainer.checkpoint());
    }
    Checkpoint saved = CheckpointFile.load(file);
    try (Module model = Checkpoints.model(saved, tested.backend());
        Trainer trainer =
            builder(tested, model, schedule.get()).resume(saved).listener(noting(parts)).build()) {
      trainer.fit(train(), validation(), EPOCHS);
      // The file holds single precision.
      assertThat(model.parameters().values().toDoubleArray())
          .usingComparatorWithPrecision(tested.isDouble() ? 1e-4 : 0.0)
          .containsExactly(expected);
    }
    assertThat(parts).isEqualTo(whole);
    return whole;
  }

  private static TrainingListener noting(List<Double> rates) {
    return new TrainingListener() {
      @Override
      public void epochEnded(Trainer trainer, EpochResult result) {
        rates.add(trainer.optimizer().learningRate());
      }
    };
  }

  private static Trainer.Builder builder(
      TestBackend tested, Module model, LearningRateSchedule schedule) {
    return Nets.trainer(model, tested.backend(), () -> new Sgd(1).momentum(0.5)).schedule(schedule);
  }

  private static Trainer trainer(TestBackend tested, Module model, LearningRateSchedule schedule) {
    return builder(tested, model, schedule).build();
  }

  private static Batches train() {
    return Nets.digits(STEPS * 16).batches(16);
  }

  private static Batches validation() {
    return Nets.digits(32).batches(16);
  }
}
