package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.backend.OutOfDeviceMemoryException;
import org.oncilla.data.Augmentations;
import org.oncilla.data.Batches;
import org.oncilla.formats.CheckpointFile;
import org.oncilla.io.Checkpoint;
import org.oncilla.io.Checkpoints;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.loss.Penalty;
import org.oncilla.metric.Accuracy;
import org.oncilla.metric.Average;
import org.oncilla.metric.F1Score;
import org.oncilla.metric.RocAuc;
import org.oncilla.metric.TopKAccuracy;
import org.oncilla.nn.AvgPool2d;
import org.oncilla.nn.BatchNorm1d;
import org.oncilla.nn.BatchNorm2d;
import org.oncilla.nn.Concat;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Dropout;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.GELU;
import org.oncilla.nn.Graph;
import org.oncilla.nn.GroupNorm;
import org.oncilla.nn.LayerNorm;
import org.oncilla.nn.Linear;
import org.oncilla.nn.MaxPool2d;
import org.oncilla.nn.Module;
import org.oncilla.nn.PReLU;
import org.oncilla.nn.RReLU;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Residual;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.StandardScaler;
import org.oncilla.optim.AdamW;
import org.oncilla.optim.ParameterGroup;
import org.oncilla.optim.ReduceOnPlateau;
import org.oncilla.optim.Warmup;
import org.oncilla.tests.Digits;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;
import org.oncilla.train.EarlyStopping;
import org.oncilla.train.EpochResult;
import org.oncilla.train.History;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;

/** Everything that a training may have, at once. */
class CombinedTrainingTest {
  private static final int EPOCHS = 10;

  @TempDir Path folder;

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  /** Buffers that are fitted and that move, random layers within branches, every normalization. */
  private static Module net() {
    return new Sequential(
        new StandardScaler().fit(Digits.train().range(0, 64)),
        new Conv2d(4, 3).samePadding(),
        new BatchNorm2d(),
        new ReLU(),
        new Residual(
            new Sequential(
                new Conv2d(4, 3).padding(1), new GroupNorm(2), new PReLU(), new Dropout(0.1))),
        new Concat(
            new MaxPool2d(2), new Sequential(new Conv2d(2, 1), new AvgPool2d(2), new RReLU())),
        new Flatten(),
        new LayerNorm(),
        Graph.builder()
            .apply("hidden", new Linear(8), Graph.INPUT)
            .apply("active", new GELU(), "hidden")
            .apply("dropped", new Dropout(0.2), "active")
            .sum("both", "hidden", "dropped")
            .build("both"),
        new BatchNorm1d(),
        new Linear(10));
  }

  private static Trainer.Builder trainer(Module model, Backend backend) {
    return Trainer.of(model)
        .backend(backend)
        .seed(Nets.SEED)
        .loss(new CrossEntropyLoss().labelSmoothing(0.1).classWeights(1, 2, 1, 1, 1, 1, 1, 1, 1, 3))
        .optimizer(
            new AdamW(1)
                .amsgrad(true)
                .group(
                    ParameterGroup.of("vectors", p -> p.shape().rank() == 1)
                        .weightDecay(0)
                        .learningRateFactor(0.5)))
        .schedule(new Warmup(new ReduceOnPlateau(3e-2).factor(0.5).patience(0), 1.5))
        .penalty(Penalty.l1(1e-4), Penalty.l2(1e-3))
        .clipGradientNorm(1)
        .clipGradientValue(0.5)
        .earlyStopping(new EarlyStopping(4).watchHighest("accuracy"))
        .watchLayers()
        .metrics(
            new Accuracy(), new TopKAccuracy(2), RocAuc.ofLogits(), new F1Score(Average.MACRO));
  }

  private static Batches train() {
    return Digits.train()
        .range(0, 48)
        .shuffled(7)
        .augmented(3, Augmentations.horizontalFlip(0.5))
        .mixup(1, 0.3)
        .batches(16);
  }

  private static Batches validation() {
    return Digits.train().range(64, 96).batches(16);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void resumesFromAnyEpochWhereItNeverStopped(TestBackend tested) throws Exception {
    List<Checkpoint> epochs = new ArrayList<>();
    TrainingListener saving =
        new TrainingListener() {
          @Override
          public void epochEnded(Trainer trainer, EpochResult result) {
            epochs.add(trainer.checkpoint());
          }
        };
    History whole;
    Checkpoint end;
    try (Module model = net();
        Trainer trainer = trainer(model, tested.backend()).listener(saving).build()) {
      whole = trainer.fit(train(), validation(), EPOCHS);
      end = trainer.checkpoint();
    }
    assertThat(whole.earlyStop().bestEpoch()).isBetween(1, epochs.size());
    for (int done = 1; done <= epochs.size(); done += 3) {
      Path file = folder.resolve("epoch" + done + ".safetensors");
      CheckpointFile.save(file, epochs.get(done - 1));
      Checkpoint loaded = CheckpointFile.load(file);
      try (Module model = Checkpoints.model(loaded, tested.backend());
          Trainer trainer = trainer(model, tested.backend()).resume(loaded).build()) {
        History rest = trainer.fit(train(), validation(), EPOCHS);
        if (!tested.isDouble()) { // the file holds single precision
          requireSame(rest, whole, done);
          requireSame(trainer.checkpoint(), end);
        }
      }
    }
  }

  private static void requireSame(History rest, History whole, int done) {
    assertThat(rest.earlyStop()).isEqualTo(whole.earlyStop());
    List<EpochResult> expected = whole.epochs().subList(done, whole.epochs().size());
    assertThat(rest.epochs()).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(measured(rest.epochs().get(i))).isEqualTo(measured(expected.get(i)));
    }
  }

  /** All but the time. */
  private static List<Object> measured(EpochResult result) {
    return List.of(result.epoch(), result.training(), result.validation(), result.layers());
  }

  private static void requireSame(Checkpoint actual, Checkpoint expected) {
    // The rate that a step had last is the schedule's, and there may be no step left.
    String lastRate = Checkpoint.OPTIMIZER + "learning_rate";
    expected.state().put(lastRate, actual.state().get(lastRate));
    assertThat(actual.state()).isEqualTo(expected.state());
    assertThat(actual.tensors().keySet()).isEqualTo(expected.tensors().keySet());
    expected
        .tensors()
        .forEach(
            (name, tensor) ->
                assertThat(actual.tensors().get(name).values())
                    .as(name)
                    .containsExactly(tensor.values()));
  }

  @Test
  void leavesNothingBehindWhereverMemoryRunsOut() {
    int failures = 0;
    for (long budget = 10_000; budget < 700_000; budget += 19_937) {
      ReferenceBackend backend = new ReferenceBackend(budget);
      try (Module model = net();
          Trainer trainer = trainer(model, backend).build()) {
        trainer.fit(train(), validation(), 2);
      } catch (OutOfDeviceMemoryException expected) {
        failures++;
      }
      assertThat(backend.pool().statistics().liveBytes()).as("budget %d", budget).isZero();
      backend.close();
    }
    assertThat(failures).isBetween(10, 34);
  }
}
