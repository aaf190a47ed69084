package org.oncilla.tests.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.metric.Accuracy;
import org.oncilla.metric.Average;
import org.oncilla.metric.ClassificationReport;
import org.oncilla.metric.ConfusionMatrix;
import org.oncilla.metric.F1Score;
import org.oncilla.metric.Metric;
import org.oncilla.metric.Precision;
import org.oncilla.metric.Recall;
import org.oncilla.metric.TopKAccuracy;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;

/** Metrics of exclusive classes, over more batches than wait on the device at once. */
class ClassificationMetricTest {
  private static final int CLASSES = 5;
  private static final int BATCH = 7;
  private static final Predictions RANDOM = Predictions.random(3, 1000, CLASSES);

  /** Labels and predictions of the scikit-learn manual, "Precision, recall and F-measures". */
  private static final Predictions MANUAL =
      Predictions.ofClasses(3, new int[] {0, 2, 1, 0, 0, 1}, 0, 1, 2, 0, 1, 2);

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void accuracyIsTheShareOfRightPredictions(TestBackend tested) {
    long right =
        IntStream.range(0, 1000).filter(i -> RANDOM.argmax(i) == RANDOM.labels()[i]).count();
    assertThat(value(tested, new Accuracy(), RANDOM)).isEqualTo(right / 1000.0);
    assertThat(value(tested, new TopKAccuracy(1), RANDOM)).isEqualTo(right / 1000.0);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void topKIsTheShareOfLabelsAmongTheKFirstOfASort(TestBackend tested) {
    for (int k = 1; k <= CLASSES; k++) {
      int limit = k;
      long hits = IntStream.range(0, 1000).filter(i -> amongFirst(i, limit)).count();
      assertThat(value(tested, new TopKAccuracy(k), RANDOM)).isEqualTo(hits / 1000.0);
    }
  }

  private static boolean amongFirst(int sample, int k) {
    double[] scores = RANDOM.outputs()[sample];
    return IntStream.range(0, CLASSES)
        .boxed()
        .sorted(Comparator.comparingDouble(c -> -scores[c]))
        .limit(k)
        .anyMatch(c -> c == RANDOM.labels()[sample]);
  }

  /** The example of scikit-learn's top_k_accuracy_score. */
  @ParameterizedTest
  @MethodSource("backends")
  void topKOfThePublishedExample(TestBackend tested) {
    Predictions published =
        Predictions.ofLabels(
            new double[][] {{0.5, 0.2, 0.2}, {0.3, 0.4, 0.2}, {0.2, 0.4, 0.3}, {0.7, 0.2, 0.1}},
            0,
            1,
            2,
            2);
    assertThat(value(tested, new TopKAccuracy(2), published)).isEqualTo(0.75);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aNanIsNoReasonForAHit(TestBackend tested) {
    double nan = Double.NaN;
    Predictions broken =
        Predictions.ofLabels(new double[][] {{nan, 1, 0}, {nan, 1, 0}, {1, nan, nan}}, 0, 1, 0);
    assertThat(value(tested, new TopKAccuracy(1), broken)).isZero();
    assertThat(value(tested, new TopKAccuracy(2), broken)).isCloseTo(1 / 3.0, within(1e-12));
    assertThat(value(tested, new TopKAccuracy(3), broken)).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void aConfusionMatrixCountsEachPair(TestBackend tested) {
    long[][] expected = new long[CLASSES][CLASSES];
    for (int i = 0; i < RANDOM.size(); i++) {
      expected[RANDOM.labels()[i]][RANDOM.argmax(i)]++;
    }
    try (ConfusionMatrix matrix = RANDOM.feed(tested.backend(), new ConfusionMatrix(), BATCH)) {
      assertThat(matrix.counts()).isDeepEqualTo(expected);
      assertThat(matrix.value()).isEqualTo(value(tested, new Accuracy(), RANDOM));
      matrix.reset();
      assertThat(matrix.value()).isNaN();
      assertThat(matrix.counts()).isEmpty();
    }
  }

  /** The example of scikit-learn's confusion_matrix. */
  @ParameterizedTest
  @MethodSource("backends")
  void aConfusionMatrixIsPrintedAsATable(TestBackend tested) {
    Predictions published =
        Predictions.ofClasses(3, new int[] {0, 0, 2, 2, 0, 2}, 2, 0, 2, 2, 0, 1);
    ConfusionMatrix matrix = new ConfusionMatrix(List.of("ant", "bird", "cat"));
    try (matrix) {
      published.feed(tested.backend(), matrix, 4);
      assertThat(matrix.counts()).isDeepEqualTo(new long[][] {{2, 0, 0}, {0, 0, 1}, {1, 0, 2}});
    }
    assertThat(matrix.toString().lines())
        .containsExactly(
            "true \\ predicted  ant  bird  cat",
            "ant                 2     0    0",
            "bird                0     0    1",
            "cat                 1     0    2");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void averagesAreThoseOfTheScikitLearnManual(TestBackend tested) {
    assertThat(value(tested, new Precision(Average.MACRO), MANUAL)).isCloseTo(0.222, within(1e-3));
    assertThat(value(tested, new Precision(Average.MICRO), MANUAL))
        .isCloseTo(1 / 3.0, within(1e-9));
    assertThat(value(tested, new Recall(Average.MACRO), MANUAL)).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(value(tested, new Recall(Average.WEIGHTED), MANUAL))
        .isCloseTo(1 / 3.0, within(1e-9));
    assertThat(value(tested, new F1Score(Average.MACRO), MANUAL)).isCloseTo(0.267, within(1e-3));
    assertThat(value(tested, new F1Score(Average.WEIGHTED), MANUAL)).isCloseTo(0.267, within(1e-3));
    assertThat(value(tested, new F1Score(Average.MICRO), MANUAL)).isCloseTo(1 / 3.0, within(1e-9));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void scoresAreThoseOfTheirDefinition(TestBackend tested) {
    ClassificationReport report;
    try (ConfusionMatrix matrix = RANDOM.feed(tested.backend(), new ConfusionMatrix(), BATCH)) {
      report = matrix.report();
    }
    double macro = 0;
    double weighted = 0;
    for (int c = 0; c < CLASSES; c++) {
      double precision = share(c, true);
      double recall = share(c, false);
      double f1 = 2 * precision * recall / (precision + recall);
      int wanted = c;
      long support = Arrays.stream(RANDOM.labels()).filter(label -> label == wanted).count();
      assertThat(report.classes().get(c).precision()).isCloseTo(precision, within(1e-12));
      assertThat(report.classes().get(c).recall()).isCloseTo(recall, within(1e-12));
      assertThat(report.classes().get(c).f1()).isCloseTo(f1, within(1e-12));
      assertThat(report.classes().get(c).support()).isEqualTo(support);
      macro += f1 / CLASSES;
      weighted += f1 * support / 1000;
    }
    assertThat(report.f1(Average.MACRO)).isCloseTo(macro, within(1e-12));
    assertThat(report.f1(Average.WEIGHTED)).isCloseTo(weighted, within(1e-12));
    assertThat(report.precision(Average.MICRO)).isEqualTo(value(tested, new Accuracy(), RANDOM));
  }

  /** Of the samples predicted (else labelled) as a class, the share for which both agree. */
  private static double share(int c, boolean ofPredicted) {
    int[] of =
        IntStream.range(0, RANDOM.size())
            .filter(i -> (ofPredicted ? RANDOM.argmax(i) : RANDOM.labels()[i]) == c)
            .toArray();
    return Arrays.stream(of).filter(i -> RANDOM.argmax(i) == RANDOM.labels()[i]).count()
        / (double) of.length;
  }

  /** The example of scikit-learn's classification_report. */
  @ParameterizedTest
  @MethodSource("backends")
  void aReportIsPrintedAsATable(TestBackend tested) {
    Predictions published = Predictions.ofClasses(3, new int[] {0, 0, 2, 2, 1}, 0, 1, 2, 2, 2);
    try (ConfusionMatrix matrix =
        published.feed(
            tested.backend(), new ConfusionMatrix(List.of("class 0", "class 1", "class 2")), 2)) {
      assertThat(matrix.report().toString().lines())
          .containsExactly(
              "              precision     recall   f1-score    support",
              "     class 0     0.5000     1.0000     0.6667          1",
              "     class 1     0.0000     0.0000     0.0000          1",
              "     class 2     1.0000     0.6667     0.8000          3",
              "    accuracy                           0.6000          5",
              "   macro avg     0.5000     0.5556     0.4889          5",
              "weighted avg     0.7000     0.6000     0.6133          5");
    }
  }

  /** As scikit-learn does, where labels and predictions know of two of four classes only. */
  @ParameterizedTest
  @MethodSource("backends")
  void absentClassesAreLeftOutOfAverages(TestBackend tested) {
    Predictions two = Predictions.ofClasses(4, new int[] {1, 1, 3}, 1, 3, 3);
    assertThat(value(tested, new Precision(Average.MACRO), two)).isEqualTo(0.75);
    assertThat(value(tested, new Recall(Average.MACRO), two)).isEqualTo(0.75);
    assertThat(value(tested, new Recall(Average.MACRO), Predictions.ofClasses(4, new int[] {0}, 3)))
        .isZero();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void negativeLabelsDoNotCount(TestBackend tested) {
    Predictions padded = Predictions.ofClasses(3, new int[] {0, 1, 2}, 0, -100, 1);
    assertThat(value(tested, new Accuracy(), padded)).isEqualTo(0.5);
    assertThat(value(tested, new TopKAccuracy(1), padded)).isEqualTo(0.5);
    assertThat(value(tested, new ConfusionMatrix(), padded)).isEqualTo(0.5);
  }

  /** [2, 3, 2, 2], as of a segmentation, against the same as [8, 3]. */
  @ParameterizedTest
  @MethodSource("backends")
  void placesCountAsSamplesDo(TestBackend tested) {
    Backend backend = tested.backend();
    Predictions flat = Predictions.random(8, 8, 3);
    double[] images = new double[24];
    for (int i = 0; i < 24; i++) {
      images[i / 12 * 12 + i % 3 * 4 + i / 3 % 4] = flat.outputs()[i / 3][i % 3];
    }
    for (Metric metric :
        List.of(new Accuracy(), new TopKAccuracy(1), new TopKAccuracy(2), new ConfusionMatrix())) {
      try (Tensor outputs = Tensor.of(backend, images, Shape.of(2, 3, 2, 2));
          Tensor labels = Tensor.ofInts(backend, flat.labels(), Shape.of(2, 2, 2));
          Metric ofPlaces = metric.fresh()) {
        ofPlaces.update(outputs, labels);
        assertThat(ofPlaces.value()).isEqualTo(value(tested, metric, flat));
      }
    }
  }

  /** Logits, their softmax and the softmax of that rank alike; one-hot targets are labels. */
  @ParameterizedTest
  @MethodSource("backends")
  void probabilitiesCountAsLogitsDo(TestBackend tested) {
    Backend backend = tested.backend();
    try (Tensor logits = Tensor.of(backend, new double[] {9, -3, 2, 1, 4, 7}, Shape.of(2, 3));
        Tensor probabilities = logits.softmax(-1);
        Tensor labels = Tensor.ofInts(backend, new int[] {0, 1}, Shape.of(2));
        Tensor soft = Tensor.of(backend, new double[] {.8, .1, .1, 0, .6, .4}, Shape.of(2, 3));
        Metric accuracy = new Accuracy()) {
      for (Tensor output : List.of(logits, probabilities)) {
        for (Tensor target : List.of(labels, soft)) {
          accuracy.reset();
          accuracy.update(output, target);
          assertThat(accuracy.value()).isEqualTo(0.5);
        }
      }
    }
  }

  private static double value(TestBackend tested, Metric metric, Predictions predictions) {
    try (metric) {
      assertThat(metric.value()).isNaN();
      return predictions.feed(tested.backend(), metric, BATCH).value();
    }
  }
}
