package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.data.Batches;
import org.oncilla.formats.CheckpointFile;
import org.oncilla.io.Checkpoint;
import org.oncilla.io.Checkpoints;
import org.oncilla.io.HostArray;
import org.oncilla.nn.Module;
import org.oncilla.optim.Sgd;
import org.oncilla.tensor.Shape;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;
import org.oncilla.train.Evaluation;
import org.oncilla.train.Progress;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;

/**
 * What holds for trainings holds with normalization too, whose running statistics are changed by
 * forward and are no weights.
 */
class NormalizedTrainingTest {
  @TempDir Path folder;

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  private static Batches digits() {
    return Nets.digits(256).batches(32);
  }

  /** All that a checkpoint would hold of a model: weights, then buffers. */
  private static double[] state(Module model) {
    return DoubleStream.concat(
            Arrays.stream(model.parameters().values().toDoubleArray()),
            model.buffers().stream().flatMapToDouble(b -> Arrays.stream(b.value().toDoubleArray())))
        .toArray();
  }

  private static double[] train(Backend backend, int epochs) {
    try (Module model = Nets.normalized();
        Trainer trainer = Nets.trainer(model, backend).build()) {
      trainer.fit(digits(), null, epochs);
      return state(model);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void repeatsBitForBit(TestBackend tested) {
    assertThat(train(tested.backend(), 2)).containsExactly(train(tested.backend(), 2));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void resumesBitForBit(TestBackend tested) throws Exception {
    Backend backend = tested.backend();
    double[] uninterrupted = train(backend, 3);
    Path file = folder.resolve("normalized.safetensors");
    try (Module model = Nets.normalized();
        Trainer trainer = Nets.trainer(model, backend).build()) {
      // Validation must leave no trace in the statistics.
      trainer.fit(digits(), Nets.digits(64).batches(16), 2);
      CheckpointFile.save(file, trainer.checkpoint());
    }
    Checkpoint loaded = CheckpointFile.load(file);
    try (Module model = Checkpoints.model(loaded, backend);
        Trainer trainer = Nets.trainer(model, backend).resume(loaded).build()) {
      trainer.fit(digits(), null, 3);
      // The file holds single precision.
      assertThat(state(model))
          .usingComparatorWithPrecision(tested.isDouble() ? 1e-3 : 0.0)
          .containsExactly(uninterrupted);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void anEpochThatFailsBringsBackTheStatistics(TestBackend tested) {
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
    try (Module model = Nets.normalized();
        Trainer trainer = Nets.trainer(model, tested.backend()).listener(failsOnce).build()) {
      assertThatThrownBy(() -> trainer.fit(digits(), null, 2)).hasMessage("enough");
      assertThat(state(model)).containsExactly(train(tested.backend(), 1));
      trainer.fit(digits(), null, 2);
      assertThat(state(model)).containsExactly(train(tested.backend(), 2));
    }
  }

  /**
   * Weights before a normalization have a gradient that is a difference of nearly equal sums, so
   * that rounding shows more than elsewhere; momentum alone, for Adam would divide it by itself.
   */
  @ParameterizedTest
  @MethodSource("backends")
  void followsTheReferenceAndLearns(TestBackend tested) {
    Run expected;
    try (ReferenceBackend reference = new ReferenceBackend()) {
      expected = run(reference);
    }
    Run actual = run(tested.backend());
    assertThat(actual.loss()).isCloseTo(expected.loss(), within(2e-4));
    assertThat(actual.validation().loss()).isCloseTo(expected.validation().loss(), within(5e-4));
    assertThat(actual.validation().metrics().get("accuracy")).isGreaterThan(0.85);
    for (int i = 0; i < expected.buffers().length; i++) {
      assertThat(actual.buffers()[i]).isCloseTo(expected.buffers()[i], within(1e-3));
    }
  }

  private record Run(double loss, Evaluation validation, double[] buffers) {}

  private static Run run(Backend backend) {
    try (Module model = Nets.normalized();
        Trainer trainer = Nets.trainer(model, backend, () -> new Sgd(0.05).momentum(0.9)).build()) {
      var last = trainer.fit(Nets.digits(640).batches(32), Nets.digits(640).batches(64), 2).last();
      double[] all = state(model);
      double[] buffers =
          Arrays.copyOfRange(all, model.parameters().values().shape().length(), all.length);
      return new Run(last.training().loss(), last.validation(), buffers);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void memoryStaysFlat(TestBackend tested) {
    long before = tested.backend().pool().statistics().liveBytes();
    try (Module model = Nets.normalized();
        Trainer trainer = Nets.trainer(model, tested.backend()).build()) {
      trainer.fit(digits(), null, 1);
      var first = tested.backend().pool().statistics();
      trainer.fit(digits(), null, 4);
      var last = tested.backend().pool().statistics();
      assertThat(last.liveBytes()).isEqualTo(first.liveBytes());
      assertThat(last.allocations()).isEqualTo(first.allocations());
    }
    assertThat(tested.backend().pool().statistics().liveBytes()).isEqualTo(before);
  }

  /** Files of PyTorch count the batches beside the running statistics, which is of no use here. */
  @Test
  void takesTheBatchCountersOfOtherPrograms() {
    try (ReferenceBackend backend = new ReferenceBackend();
        Module model = Nets.normalized().initialize(backend, Shape.of(1, 8, 8), 1)) {
      Checkpoint checkpoint = Checkpoints.of(model);
      HostArray count = new HostArray(Shape.SCALAR, new float[] {12});
      checkpoint.tensors().put("1.num_batches_tracked", count);
      Checkpoints.restore(checkpoint, model);
      checkpoint.tensors().put("0.num_batches_tracked", count);
      assertThatThrownBy(() -> Checkpoints.restore(checkpoint, model))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("holds a tensor 0.num_batches_tracked, which the model has not");
    }
  }
}
