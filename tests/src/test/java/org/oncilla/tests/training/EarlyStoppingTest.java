package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.data.Batches;
import org.oncilla.formats.CheckpointFile;
import org.oncilla.formats.CheckpointListener;
import org.oncilla.io.Checkpoint;
import org.oncilla.io.Checkpoints;
import org.oncilla.metric.Metric;
import org.oncilla.nn.Module;
import org.oncilla.optim.Adam;
import org.oncilla.optim.ReduceOnPlateau;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.train.EarlyStopping;
import org.oncilla.train.EpochResult;
import org.oncilla.train.History;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;

/** Stopping early: when, with which weights, and the same after a resumption. */
class EarlyStoppingTest {
  private static final double NAN = Double.NaN;

  @TempDir Path folder;

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  /** A validation whose values are given: those of the epochs, one after the other. */
  private static final class Script implements Metric {
    private final double[] values;
    private int epoch;

    private Script(int epochsDone, double... values) {
      this.values = values;
      this.epoch = epochsDone;
    }

    @Override
    public String name() {
      return "script";
    }

    /** Of the training, which nobody watches. */
    @Override
    public Metric fresh() {
      return new Script(0, 0);
    }

    @Override
    public void reset() {}

    @Override
    public void update(Tensor output, Tensor target) {}

    @Override
    public double value() {
      return values[epoch++ % values.length];
    }

    @Override
    public void close() {}
  }

  /** The weights after each epoch. */
  private static final class Recorder implements TrainingListener {
    private final List<double[]> weights = new ArrayList<>();
    private final List<Checkpoint> checkpoints = new ArrayList<>();

    @Override
    public void epochEnded(Trainer trainer, EpochResult result) {
      weights.add(trainer.model().parameters().values().toDoubleArray());
      checkpoints.add(trainer.checkpoint());
    }
  }

  private static Trainer.Builder trainer(
      Module model, Backend backend, EarlyStopping rule, int epochsDone, double... values) {
    return Nets.trainer(model, backend).metrics(new Script(epochsDone, values)).earlyStopping(rule);
  }

  private static EarlyStopping lowest(int patience) {
    return new EarlyStopping(patience).watchLowest("script");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void stopsWhenPatienceIsAtItsEndAndGoesBackToTheBest(TestBackend tested) {
    Recorder recorder = new Recorder();
    try (Module model = Nets.convolutional();
        Trainer trainer =
            trainer(model, tested.backend(), lowest(3), 0, 5, 3, 4, 2, 2, NAN, 7, 1)
                .listener(recorder)
                .build()) {
      History history = trainer.fit(train(), validation(), 20);
      assertThat(history.epochs()).hasSize(7);
      assertThat(history.earlyStop().stopped()).isTrue();
      assertThat(history.earlyStop().stoppedEpoch()).isEqualTo(7);
      assertThat(history.earlyStop().bestEpoch()).isEqualTo(4);
      assertThat(history.earlyStop().bestValue()).isEqualTo(2);
      assertThat(history.earlyStop().toString())
          .isEqualTo(
              "stopped after epoch 7: the validation's script was no better for 3 epochs; the"
                  + " weights are those of epoch 4, with script 2.00000");
      assertThat(model.parameters().values().toDoubleArray())
          .containsExactly(recorder.weights.get(3));
      assertThat(trainer.checkpoint().state()).containsEntry("epoch", "4");
      History nothing = trainer.fit(train(), validation(), 30);
      assertThat(nothing.epochs()).isEmpty();
      assertThatThrownBy(nothing::last)
          .hasMessageContaining("nothing to do: this training was stopped after epoch 7");
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void goesBackToTheBestWhenTheEpochsAreUpAndOnFromThere(TestBackend tested) {
    Recorder recorder = new Recorder();
    double[] uninterrupted;
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, tested.backend()).build()) {
      trainer.fit(train(), null, 4);
      uninterrupted = model.parameters().values().toDoubleArray();
    }
    try (Module model = Nets.convolutional();
        Trainer trainer =
            trainer(model, tested.backend(), lowest(9).minDelta(0.5), 0, 5, 3, 2.6, 1, 1, 1)
                .listener(recorder)
                .build()) {
      History history = trainer.fit(train(), validation(), 3);
      assertThat(history.earlyStop().stopped()).isFalse();
      assertThat(history.earlyStop().toString())
          .isEqualTo("not stopped early; the weights are those of epoch 2, with script 3.00000");
      assertThat(model.parameters().values().toDoubleArray())
          .containsExactly(recorder.weights.get(1));
      trainer.fit(train(), validation(), 4);
      assertThat(recorder.weights.get(4)).containsExactly(uninterrupted);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aHighestAndALossAreWatchedToo(TestBackend tested) {
    try (Module model = Nets.convolutional();
        Trainer trainer =
            trainer(
                    model,
                    tested.backend(),
                    new EarlyStopping(1).watchHighest("script").minDelta(0.25),
                    0,
                    1,
                    2,
                    2.25,
                    9)
                .build()) {
      History history = trainer.fit(train(), validation(), 9);
      assertThat(history.earlyStop().stoppedEpoch()).isEqualTo(3);
      assertThat(history.earlyStop().toString()).contains("no better for 1 epoch;");
    }
    try (Module model = Nets.convolutional();
        Trainer trainer =
            Nets.trainer(model, tested.backend(), () -> new Adam(0.05))
                .earlyStopping(new EarlyStopping(2))
                .build()) {
      History history = trainer.fit(train(), validation(), 40);
      assertThat(history.earlyStop().stopped()).isTrue();
      double best =
          history.epochs().stream().mapToDouble(e -> e.validation().loss()).min().orElse(0);
      assertThat(history.earlyStop().bestValue()).isEqualTo(best);
      assertThat(trainer.evaluate(validation()).loss()).isEqualTo(best);
    }
  }

  /** Resumed after each of the epochs, through a file. */
  @ParameterizedTest
  @MethodSource("backends")
  void aResumedTrainingStopsAtTheSameEpochWithTheSameWeights(TestBackend tested)
      throws IOException {
    double[] values = {5, 3, 4, 2, 6, 6, 1, 1};
    Recorder recorder = new Recorder();
    double[] expected;
    try (Module model = Nets.convolutional();
        Trainer trainer =
            trainer(model, tested.backend(), lowest(2), 0, values).listener(recorder).build()) {
      assertThat(trainer.fit(train(), validation(), 9).earlyStop().stoppedEpoch()).isEqualTo(6);
      expected = model.parameters().values().toDoubleArray();
    }
    Path file = folder.resolve("model.safetensors");
    for (int epoch = 1; epoch <= 6; epoch++) {
      CheckpointFile.save(file, recorder.checkpoints.get(epoch - 1));
      Checkpoint loaded = CheckpointFile.load(file);
      try (Module model = Checkpoints.model(loaded, tested.backend());
          Trainer trainer =
              trainer(model, tested.backend(), lowest(2), epoch, values).resume(loaded).build()) {
        History history = trainer.fit(train(), validation(), 9);
        assertThat(history.earlyStop().stoppedEpoch()).isEqualTo(6);
        assertThat(history.earlyStop().bestEpoch()).isEqualTo(4);
        assertThat(history.epochs()).hasSize(6 - epoch);
        // The file holds single precision.
        assertThat(model.parameters().values().toDoubleArray())
            .usingComparatorWithPrecision(tested.isDouble() ? 1e-4 : 0.0)
            .containsExactly(expected);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void longerPatienceGoesOnWhereItStopped(TestBackend tested) {
    double[] values = {5, 3, 4, 6, 1, 2, 2, 2};
    Recorder recorder = new Recorder();
    try (Module model = Nets.convolutional();
        Trainer trainer =
            trainer(model, tested.backend(), lowest(2), 0, values).listener(recorder).build()) {
      assertThat(trainer.fit(train(), validation(), 9).earlyStop().stoppedEpoch()).isEqualTo(4);
    }
    try (Module model = Nets.convolutional();
        Trainer trainer =
            trainer(model, tested.backend(), lowest(3), 4, values)
                .resume(recorder.checkpoints.get(3))
                .build()) {
      History history = trainer.fit(train(), validation(), 9);
      assertThat(history.epochs().get(0).epoch()).isEqualTo(5);
      assertThat(history.earlyStop().stoppedEpoch()).isEqualTo(8);
      assertThat(history.earlyStop().bestEpoch()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void theScheduleGoesBackToo(TestBackend tested) {
    ReduceOnPlateau plateau =
        new ReduceOnPlateau(1e-3).patience(0).factor(0.5).watchLowest("script");
    try (Module model = Nets.convolutional();
        Trainer trainer =
            trainer(model, tested.backend(), lowest(2), 0, 2, 3, 3).schedule(plateau).build()) {
      trainer.fit(train(), validation(), 9);
      assertThat(plateau.rate(1)).isEqualTo(1e-3);
    }
  }

  /** The file holds the best epoch at last, and the entries of one's own. */
  @ParameterizedTest
  @MethodSource("backends")
  void theBestEpochIsSavedAtLast(TestBackend tested) throws IOException {
    Path file = folder.resolve("best.safetensors");
    CheckpointListener saver =
        new CheckpointListener(file, (result, state) -> state.put("mine", "of " + result.epoch()));
    float[] best;
    try (Module model = Nets.convolutional();
        Trainer trainer =
            trainer(model, tested.backend(), lowest(2), 0, 5, 3, 4, 4).listener(saver).build()) {
      trainer.fit(train(), validation(), 9);
      best = model.parameters().values().toFloatArray();
    }
    assertThat(saver.epoch()).isEqualTo(2);
    Checkpoint loaded = CheckpointFile.load(file);
    assertThat(loaded.state())
        .containsAllEntriesOf(
            Map.of("epoch", "2", "mine", "of 4", "early_stopping.stopped_epoch", "4"));
    assertThat(loaded.tensors().keySet()).noneMatch(name -> name.startsWith("early_stopping."));
    try (Module model = Checkpoints.model(loaded, tested.backend())) {
      assertThat(model.parameters().values().toFloatArray()).containsExactly(best);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void withoutAValueTheWeightsAreTheLast(TestBackend tested) {
    Recorder recorder = new Recorder();
    try (Module model = Nets.convolutional();
        Trainer trainer =
            trainer(model, tested.backend(), lowest(2), 0, NAN).listener(recorder).build()) {
      History history = trainer.fit(train(), validation(), 9);
      assertThat(history.earlyStop().toString())
          .isEqualTo(
              "stopped after epoch 2: the validation's script was no better for 2 epochs; it was"
                  + " NaN in every epoch, and the weights are the last");
      assertThat(model.parameters().values().toDoubleArray())
          .containsExactly(recorder.weights.get(1));
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void memoryComesBack(TestBackend tested) {
    long before = tested.backend().pool().statistics().liveBytes();
    try (Module model = Nets.convolutional();
        Trainer trainer =
            trainer(model, tested.backend(), lowest(5), 0, 9, 8, 7, 6, 5, 4, 3, 2).build()) {
      trainer.fit(train(), validation(), 2);
      long allocations = tested.backend().pool().statistics().allocations();
      trainer.fit(train(), validation(), 5);
      assertThat(tested.backend().pool().statistics().allocations()).isEqualTo(allocations);
    }
    assertThat(tested.backend().pool().statistics().liveBytes()).isEqualTo(before);
  }

  @Test
  void refusesSettings() {
    assertThatThrownBy(() -> new EarlyStopping(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("EarlyStopping: the patience must be at least 1 epoch, not 0");
    assertThatThrownBy(() -> new EarlyStopping(1).minDelta(-1))
        .hasMessage(
            "EarlyStopping: the minimum delta must be a finite number of at least 0, not -1.0");
  }

  @Test
  void refusesWhatIsNotMeasured() {
    Backend backend = backends().get(0).backend();
    try (Module model = Nets.convolutional();
        Trainer trainer =
            Nets.trainer(model, backend)
                .earlyStopping(new EarlyStopping(1).watchHighest("acuracy"))
                .build()) {
      assertThatThrownBy(() -> trainer.fit(train(), validation(), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "EarlyStopping: watches the validation's acuracy, but measured are [accuracy, loss];"
                  + " pass the metric to the trainer");
      assertThatThrownBy(() -> trainer.fit(train(), null, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "EarlyStopping: watches the validation's acuracy, but there is no validation data;"
                  + " pass it to fit");
    }
  }

  @Test
  void refusesToResumeAnotherWatch() {
    Backend backend = backends().get(0).backend();
    Checkpoint saved;
    try (Module model = Nets.convolutional();
        Trainer trainer = trainer(model, backend, lowest(2), 0, 1).build()) {
      trainer.fit(train(), validation(), 1);
      saved = trainer.checkpoint();
    }
    try (Module model = Nets.convolutional();
        Trainer trainer =
            Nets.trainer(model, backend)
                .earlyStopping(new EarlyStopping(2))
                .resume(saved)
                .build()) {
      assertThatThrownBy(() -> trainer.fit(train(), validation(), 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "resume: the checkpoint's training watched the validation's script to stop early,"
                  + " but this one watches the validation's loss; watch the same");
    }
  }

  private static Batches train() {
    return Nets.digits(64).batches(16);
  }

  private static Batches validation() {
    return Nets.digits(100).range(64, 100).batches(36);
  }
}
