package org.oncilla.tests.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.metric.Accuracy;
import org.oncilla.metric.Average;
import org.oncilla.metric.BinaryAccuracy;
import org.oncilla.metric.ConfusionMatrix;
import org.oncilla.metric.F1Score;
import org.oncilla.metric.MeanSquaredError;
import org.oncilla.metric.Metric;
import org.oncilla.metric.MultilabelConfusionMatrix;
import org.oncilla.metric.Precision;
import org.oncilla.metric.RSquared;
import org.oncilla.metric.Recall;
import org.oncilla.metric.RocAuc;
import org.oncilla.metric.TopKAccuracy;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;

/** What all metrics share: bounded memory, names, and the texts of refusals. */
class MetricContractTest {
  private static final List<Supplier<Metric>> OF_CLASSES =
      List.of(
          Accuracy::new,
          () -> new TopKAccuracy(2),
          ConfusionMatrix::new,
          () -> new Precision(Average.MICRO),
          RocAuc::ofLogits);

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void memoryIsBoundedAndComesBack(TestBackend tested) {
    Backend backend = tested.backend();
    long before = backend.pool().statistics().liveBytes();
    Predictions batches = Predictions.random(1, 640, 4);
    for (Supplier<Metric> made : OF_CLASSES) {
      try (Metric metric = made.get()) {
        batches.feed(backend, metric, 10);
        assertThat(backend.pool().statistics().liveBytes()).isEqualTo(before);
        Predictions.random(2, 90, 4).feed(backend, metric, 10);
        assertThat(backend.pool().statistics().liveBytes()).isGreaterThan(before);
      }
      assertThat(backend.pool().statistics().liveBytes()).isEqualTo(before);
    }
  }

  /** Outputs of 2¹⁹ elements: two batches fill the window. */
  @ParameterizedTest
  @MethodSource("backends")
  void largeOutputsAreReadEarlier(TestBackend tested) {
    Backend backend = tested.backend();
    long before = backend.pool().statistics().liveBytes();
    try (Metric metric = new MeanSquaredError();
        Tensor large = Tensor.zeros(backend, Shape.of(2, 1 << 18))) {
      long held = backend.pool().statistics().liveBytes();
      for (int i = 0; i < 3; i++) {
        try (Tensor other = large.add(i)) {
          metric.update(other, large);
        }
      }
      assertThat(backend.pool().statistics().liveBytes() - held)
          .isLessThan((4L << 19) * (tested.isDouble() ? 2 : 1) + 4096);
      assertThat(metric.value()).isEqualTo((0 + 1 + 4) / 3.0);
    }
    assertThat(backend.pool().statistics().liveBytes()).isEqualTo(before);
  }

  @Test
  void namesAreThoseOfScikitLearn() {
    assertThat(new TopKAccuracy(5).name()).isEqualTo("top_5_accuracy");
    assertThat(new Precision(Average.MACRO).name()).isEqualTo("precision_macro");
    assertThat(new Recall(Average.WEIGHTED).name()).isEqualTo("recall_weighted");
    assertThat(new F1Score(Average.MICRO).name()).isEqualTo("f1_micro");
    assertThat(RocAuc.ofLogits().name()).isEqualTo("roc_auc");
    assertThat(new RSquared().name()).isEqualTo("r2");
    assertThat(new MeanSquaredError().name()).isEqualTo("mean_squared_error");
    assertThat(new Precision(Average.MACRO).fresh().name()).isEqualTo("precision_macro");
  }

  @Test
  void refusesSettings() {
    assertThatThrownBy(() -> new TopKAccuracy(0))
        .hasMessage("TopKAccuracy: k must be at least 1, not 0");
    assertThatThrownBy(() -> new BinaryAccuracy(Double.NaN))
        .hasMessage(
            "BinaryAccuracy: the threshold must be finite (0.5 for probabilities, 0 for logits),"
                + " not NaN");
  }

  @Test
  void refusesShapes() {
    refuses(
        new Accuracy(),
        Shape.of(4, 3),
        Shape.of(4),
        "accuracy: needs outputs [N, C, …] with class labels [N, …] (INT32) or probabilities of the"
            + " outputs' shape, but the outputs have shape [4, 3] and the targets, which are values, have shape [4]");
    refuses(
        new TopKAccuracy(4),
        Shape.of(2, 3),
        Shape.of(2, 3),
        "top_4_accuracy: k = 4 is more than the 3 classes of outputs of shape [2, 3]");
    refuses(
        BinaryAccuracy.ofLogits(),
        Shape.of(2, 1),
        Shape.of(2),
        "binary_accuracy: needs outputs and targets of one shape [N, …], both values, but the"
            + " outputs have shape [2, 1] and the targets, which are values, have shape [2]; give"
            + " the data set targets of 0 and 1");
    refuses(
        new MeanSquaredError(),
        Shape.of(2, 1),
        Shape.of(2),
        "for one value a sample, give the data set targets of shape [1]");
    refuses(
        RocAuc.ofLogits(),
        Shape.of(2, 3, 1),
        Shape.of(2, 3, 1),
        "roc_auc: needs scores [N, L] with targets of 0 and 1, or outputs [N, C] of at least 2"
            + " classes with labels [N], but the outputs have shape [2, 3, 1]");
    refuses(
        new ConfusionMatrix(List.of("a", "b")),
        Shape.of(2, 3),
        Shape.of(2, 3),
        "confusion_matrix: 2 names, but the outputs have 3 classes");
    refuses(
        new MultilabelConfusionMatrix(0, List.of("a", "b")),
        Shape.of(2, 3),
        Shape.of(2, 3),
        "exact_match: 2 names, but a sample has 3 outputs");
  }

  /** Of one column the first is always the largest, so that each sample would be right. */
  @Test
  void refusesClassesOfOneColumn() {
    String text =
        "the outputs of shape [4, 1] have one column, which is always the largest; for a yes or no"
            + " use BinaryAccuracy.ofLogits() or BinaryAccuracy.ofProbabilities(), for regression"
            + " RSquared";
    for (Shape targets : List.of(Shape.of(4, 1), Shape.of(4))) {
      refuses(new Accuracy(), Shape.of(4, 1), targets, "accuracy: " + text);
      refuses(new TopKAccuracy(1), Shape.of(4, 1), targets, "top_1_accuracy: " + text);
      refuses(new ConfusionMatrix(), Shape.of(4, 1), targets, "confusion_matrix: " + text);
      refuses(new F1Score(Average.MACRO), Shape.of(4, 1), targets, text);
    }
  }

  @Test
  void refusesLabelsForValues() {
    try (ReferenceBackend backend = new ReferenceBackend();
        Scope scope = Scope.open()) {
      Tensor outputs = Tensor.zeros(backend, Shape.of(2, 1));
      Tensor labels = Tensor.ofInts(backend, new int[2], Shape.of(2));
      for (Metric metric : List.of(BinaryAccuracy.ofProbabilities(), new MeanSquaredError())) {
        assertThatThrownBy(() -> metric.update(outputs, labels))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("the targets, which are labels, have shape [2]");
      }
    }
  }

  @Test
  void refusesOtherModelsWithoutAReset() {
    Predictions three = Predictions.random(1, 4, 3);
    Predictions two = Predictions.random(1, 4, 2);
    try (ReferenceBackend backend = new ReferenceBackend()) {
      for (Metric metric : List.of(new ConfusionMatrix(), RocAuc.ofLogits())) {
        three.feed(backend, metric, 4);
        assertThatThrownBy(() -> two.feed(backend, metric, 4))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("call reset() between models");
        metric.reset();
        two.feed(backend, metric, 4).close();
      }
    }
  }

  @Test
  void refusesLabelsOutOfRangeAndScoresWithoutARank() {
    try (ReferenceBackend backend = new ReferenceBackend()) {
      for (Supplier<Metric> made : OF_CLASSES) {
        Metric metric =
            Predictions.ofLabels(new double[][] {{0, 1, 2}}, 3).feed(backend, made.get(), 1);
        assertThatThrownBy(metric::value)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("label 3 is not in 0 … 2, the classes of outputs with 3 columns");
      }
      Metric area =
          Predictions.ofColumns(new double[] {1, Double.NaN}, new double[] {1, 0})
              .feed(backend, RocAuc.ofLogits(), 2);
      assertThatThrownBy(area::value)
          .hasMessage("roc_auc: the score of sample 1 is NaN, which has no rank");
      assertThat(backend.pool().statistics().liveBytes()).isZero();
    }
  }

  private static void refuses(Metric metric, Shape outputs, Shape targets, String text) {
    try (ReferenceBackend backend = new ReferenceBackend();
        Tensor output = Tensor.zeros(backend, outputs);
        Tensor target = Tensor.zeros(backend, targets)) {
      assertThatThrownBy(() -> metric.update(output, target))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(text);
    }
  }
}
