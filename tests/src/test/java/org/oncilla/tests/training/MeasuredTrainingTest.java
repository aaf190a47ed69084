package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.data.ArrayDataset;
import org.oncilla.data.Batches;
import org.oncilla.data.Dataset;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.metric.Accuracy;
import org.oncilla.metric.Average;
import org.oncilla.metric.ConfusionMatrix;
import org.oncilla.metric.F1Score;
import org.oncilla.metric.RocAuc;
import org.oncilla.metric.TopKAccuracy;
import org.oncilla.nn.Module;
import org.oncilla.tensor.Shape;
import org.oncilla.tests.Digits;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.train.EpochResult;
import org.oncilla.train.Evaluation;
import org.oncilla.train.Evaluator;
import org.oncilla.train.History;
import org.oncilla.train.Progress;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;

/** Metrics through the trainer and the evaluator. */
class MeasuredTrainingTest {
  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void anEvaluatorFillsTheMetricsItWasGiven(TestBackend tested) {
    ConfusionMatrix matrix = new ConfusionMatrix();
    Evaluation result;
    try (Module model = Nets.convolutional().initialize(tested.backend(), Shape.of(1, 8, 8), 1);
        Evaluator evaluator =
            new Evaluator(model, new CrossEntropyLoss(), List.of(matrix, new Accuracy()))) {
      evaluator.evaluate(Nets.digits(40).batches(8));
      result = evaluator.evaluate(test());
    }
    assertThat(Arrays.stream(matrix.counts()).flatMapToLong(Arrays::stream).sum()).isEqualTo(100);
    assertThat(matrix.value())
        .isEqualTo(result.metric("accuracy"))
        .isEqualTo(matrix.report().recall(Average.MICRO), within(1e-12));
    assertThatThrownBy(() -> result.metric("f1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no metric f1; those measured are [confusion_matrix, accuracy]");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aTrainersMetricsHoldTheValidationOfEachEpoch(TestBackend tested) {
    ConfusionMatrix matrix = new ConfusionMatrix();
    List<Double> seen = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochEnded(Trainer trainer, EpochResult result) {
            seen.add(matrix.value());
          }
        };
    History history;
    try (Module model = Nets.convolutional();
        Trainer trainer =
            Nets.trainer(model, tested.backend())
                .metrics(matrix, new TopKAccuracy(3), RocAuc.ofLogits(), new F1Score(Average.MACRO))
                .listener(listener)
                .build()) {
      history = trainer.fit(Nets.digits(320).batches(16), test(), 2);
      assertThat(trainer.evaluate(test()).metric("accuracy")).isEqualTo(seen.get(1));
    }
    for (int epoch = 0; epoch < 2; epoch++) {
      Evaluation validation = history.epochs().get(epoch).validation();
      assertThat(seen.get(epoch)).isEqualTo(validation.metric("accuracy"));
      assertThat(validation.metric("top_3_accuracy")).isGreaterThan(validation.metric("accuracy"));
      Evaluation training = history.epochs().get(epoch).training();
      assertThat(training.metric("confusion_matrix")).isEqualTo(training.metric("accuracy"));
    }
    assertThat(history.last().validation().metric("roc_auc")).isBetween(0.8, 1.0);
    assertThat(matrix.report().f1(Average.MACRO))
        .isEqualTo(history.last().validation().metric("f1_macro"));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void metricsAllocateNothingAfterTheFirstEpoch(TestBackend tested) {
    long before = tested.backend().pool().statistics().liveBytes();
    try (Module model = Nets.convolutional();
        Trainer trainer =
            Nets.trainer(model, tested.backend())
                .metrics(new ConfusionMatrix(), new TopKAccuracy(3), RocAuc.ofLogits())
                .build()) {
      Batches train = Nets.digits(520).batches(4);
      trainer.fit(train, test(), 1);
      long allocations = tested.backend().pool().statistics().allocations();
      trainer.fit(train, test(), 3);
      assertThat(tested.backend().pool().statistics().allocations()).isEqualTo(allocations);
    }
    assertThat(tested.backend().pool().statistics().liveBytes()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void validationDataOfAnotherShapeIsRefusedBeforeAnythingIsTrained(TestBackend tested) {
    Dataset rows = ArrayDataset.ofLabels(Shape.of(2), new float[2], new int[1], 10);
    List<Progress> steps = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void progressed(Progress progress) {
            steps.add(progress);
          }
        };
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, tested.backend()).listener(listener).build()) {
      assertThatThrownBy(() -> trainer.fit(Nets.digits(64).batches(8), rows.batches(1), 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("takes inputs of shape [1, 8, 8], but the data has shape [2]");
      assertThat(steps).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void twoMetricsOfOneNameAreRefused(TestBackend tested) {
    try (Module model = Nets.convolutional()) {
      assertThatThrownBy(
              () -> Nets.trainer(model, tested.backend()).metrics(new Accuracy()).build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("two metrics are named accuracy; give each metric once");
    }
  }

  private static Batches test() {
    return Digits.test().range(0, 100).batches(7);
  }
}
