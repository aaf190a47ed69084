package org.oncilla.tests.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.metric.Average;
import org.oncilla.metric.BinaryAccuracy;
import org.oncilla.metric.F1Score;
import org.oncilla.metric.Metric;
import org.oncilla.metric.MultilabelConfusionMatrix;
import org.oncilla.metric.Precision;
import org.oncilla.metric.Recall;
import org.oncilla.metric.RocAuc;
import org.oncilla.tests.LogCapture;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;

/** Metrics of one or several yes-or-no outputs, and of scores. */
class BinaryMetricTest {
  private static final int LABELS = 3;
  private static final int BATCH = 6;
  private static final Predictions RANDOM = Predictions.randomTargets(5, 700, LABELS);

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void binaryAccuracyCountsEachOutput(TestBackend tested) {
    for (double threshold : new double[] {0, 0.25, 0.5}) {
      long right = 0;
      long samples = 0;
      for (int i = 0; i < RANDOM.size(); i++) {
        boolean all = true;
        for (int c = 0; c < LABELS; c++) {
          boolean agrees = RANDOM.outputs()[i][c] > threshold == (RANDOM.targets()[i][c] == 1);
          right += agrees ? 1 : 0;
          all &= agrees;
        }
        samples += all ? 1 : 0;
      }
      assertThat(value(tested, new BinaryAccuracy(threshold), RANDOM))
          .isEqualTo(right / (700.0 * LABELS));
      assertThat(value(tested, new MultilabelConfusionMatrix(threshold, List.of()), RANDOM))
          .isEqualTo(samples / 700.0);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void thresholdsOfLogitsAndProbabilities(TestBackend tested) {
    Predictions logits =
        Predictions.ofColumns(new double[] {-1, 0, 0.25, 3}, new double[] {0, 0, 1, 1});
    assertThat(value(tested, BinaryAccuracy.ofLogits(), logits)).isEqualTo(1);
    assertThat(value(tested, BinaryAccuracy.ofProbabilities(), logits)).isEqualTo(0.75);
    assertThat(value(tested, MultilabelConfusionMatrix.ofLogits(), logits)).isEqualTo(1);
    assertThat(value(tested, MultilabelConfusionMatrix.ofProbabilities(), logits)).isEqualTo(0.75);
    Predictions signs = Predictions.ofColumns(new double[] {-2, 2, 1}, new double[] {-1, 1, -1});
    assertThat(value(tested, BinaryAccuracy.ofLogits(), signs)).isCloseTo(2 / 3.0, within(1e-12));
  }

  /** The example of averages over labels: counts (1,1,0), (1,0,1), (0,0,2) by hand. */
  @ParameterizedTest
  @MethodSource("backends")
  void scoresOfSeveralLabels(TestBackend tested) {
    Predictions several =
        Predictions.ofTargets(
            new double[][] {{0.9, 0.8, 0.1}, {0.7, 0.2, 0.4}},
            new double[] {1, 1, 1},
            new double[] {0, 1, 1});
    assertThat(value(tested, new Precision(Average.MACRO, counts()), several))
        .isCloseTo((0.5 + 1 + 0) / 3, within(1e-12));
    assertThat(value(tested, new Recall(Average.MACRO, counts()), several))
        .isCloseTo((1 + 0.5 + 0) / 3, within(1e-12));
    assertThat(value(tested, new Precision(Average.MICRO, counts()), several))
        .isCloseTo(2 / 3.0, within(1e-12));
    assertThat(value(tested, new Recall(Average.MICRO, counts()), several))
        .isCloseTo(2 / 5.0, within(1e-12));
    assertThat(value(tested, new F1Score(Average.MICRO, counts()), several))
        .isCloseTo(4 / 8.0, within(1e-12));
    assertThat(value(tested, new F1Score(Average.WEIGHTED, counts()), several))
        .isCloseTo((1 * 2 / 3.0 + 2 * 2 / 3.0 + 0) / 5, within(1e-12));
    try (MultilabelConfusionMatrix counts = several.feed(tested.backend(), counts(), 1)) {
      assertThat(counts.samples()).isEqualTo(2);
      assertThat(counts.report().toString().lines())
          .containsExactly(
              "              precision     recall   f1-score    support",
              "           0     0.5000     1.0000     0.6667          1",
              "           1     1.0000     0.5000     0.6667          2",
              "           2     0.0000     0.0000     0.0000          2",
              "   macro avg     0.5000     0.5000     0.4444          5",
              "   micro avg     0.6667     0.4000     0.5000          5",
              "weighted avg     0.5000     0.4000     0.4000          5");
    }
  }

  /** The example of scikit-learn's roc_auc_score, and the extremes. */
  @ParameterizedTest
  @MethodSource("backends")
  void areaOfPublishedExamples(TestBackend tested) {
    double[] scores = {0.1, 0.4, 0.35, 0.8};
    assertThat(area(tested, scores, 0, 0, 1, 1)).isEqualTo(0.75);
    assertThat(area(tested, scores, 0, 1, 0, 1)).isEqualTo(1);
    assertThat(area(tested, scores, 1, 0, 1, 0)).isZero();
    assertThat(area(tested, new double[] {3, 3, 3}, 0, 1, 1)).isEqualTo(0.5);
    assertThat(area(tested, scores, 1, 1, 1, 1)).isNaN();
  }

  /** A NaN without a reason helps nobody; one for each epoch helps no more. */
  @Test
  void saysOnceWhyThereIsNoArea() {
    TestBackend reference = TestBackends.present().get(0);
    Predictions positive = Predictions.ofColumns(new double[] {1, 2, 3}, new double[] {1, 1, 1});
    Predictions both = Predictions.ofColumns(new double[] {1, 2, 3}, new double[] {1, 0, 1});
    try (LogCapture log = new LogCapture(RocAuc.class);
        RocAuc auc = RocAuc.ofLogits()) {
      assertThat(both.feed(reference.backend(), auc, BATCH).value()).isEqualTo(0.5);
      auc.reset();
      assertThat(auc.value()).isNaN();
      assertThat(log.warnings()).isEmpty();
      for (int epoch = 0; epoch < 2; epoch++) {
        auc.reset();
        assertThat(positive.feed(reference.backend(), auc, BATCH).value()).isNaN();
      }
      assertThat(log.warnings())
          .containsExactly(
              "roc_auc is NaN: none of the 1 column(s) of 3 samples has both positive and negative"
                  + " ones; measure on data with both, such as that of a stratified split");
    }
  }

  private static double area(TestBackend tested, double[] scores, double... targets) {
    return value(tested, RocAuc.ofLogits(), Predictions.ofColumns(scores, targets));
  }

  /** Equal scores are many here; every pair is compared. */
  @ParameterizedTest
  @MethodSource("backends")
  void areaIsTheShareOfPairsInOrder(TestBackend tested) {
    Predictions single = Predictions.randomTargets(9, 500, 1);
    boolean[] positive = new boolean[500];
    double[] scores = new double[500];
    for (int i = 0; i < 500; i++) {
      positive[i] = single.targets()[i][0] == 1;
      scores[i] = single.outputs()[i][0];
    }
    assertThat(value(tested, RocAuc.ofProbabilities(), single))
        .isCloseTo(pairsInOrder(scores, positive), within(1e-14));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void areaOfTwoClassesGoesByTheirDifference(TestBackend tested) {
    Predictions two = Predictions.random(12, 400, 2);
    double[] scores = new double[400];
    boolean[] positive = new boolean[400];
    for (int i = 0; i < 400; i++) {
      scores[i] = 1 / (1 + Math.exp(two.outputs()[i][0] - two.outputs()[i][1]));
      positive[i] = two.labels()[i] == 1;
    }
    assertThat(value(tested, RocAuc.ofLogits(), two))
        .isCloseTo(pairsInOrder(scores, positive), within(1e-14));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void areaOfSeveralClassesIsTheMeanOfEachAgainstTheRest(TestBackend tested) {
    Predictions several = Predictions.random(13, 300, 4);
    double sum = 0;
    for (int c = 0; c < 4; c++) {
      double[] scores = new double[300];
      boolean[] positive = new boolean[300];
      for (int i = 0; i < 300; i++) {
        scores[i] = several.outputs()[i][c];
        positive[i] = several.labels()[i] == c;
      }
      sum += pairsInOrder(scores, positive);
    }
    assertThat(value(tested, RocAuc.ofProbabilities(), several)).isCloseTo(sum / 4, within(1e-14));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void areaOfSeveralLabelsIsTheMeanOfTheirColumns(TestBackend tested) {
    double sum = 0;
    for (int c = 0; c < LABELS; c++) {
      double[] scores = new double[RANDOM.size()];
      boolean[] positive = new boolean[RANDOM.size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = RANDOM.outputs()[i][c];
        positive[i] = RANDOM.targets()[i][c] == 1;
      }
      sum += pairsInOrder(scores, positive);
    }
    assertThat(value(tested, RocAuc.ofLogits(), RANDOM)).isCloseTo(sum / LABELS, within(1e-14));
  }

  /** Softmax of rows with random offsets: only probabilities compare between samples. */
  @ParameterizedTest
  @MethodSource("backends")
  void areaOfLogitsTakesTheSoftmaxFirst(TestBackend tested) {
    Predictions probabilities =
        Predictions.ofLabels(
            new double[][] {
              {.7, .2, .1}, {.6, .31, .09}, {.2, .5, .3}, {.05, .82, .13}, {.3, .25, .45}
            },
            0,
            1,
            1,
            0,
            2);
    double[][] logits = new double[5][3];
    IntStream.range(0, 5)
        .forEach(
            i -> {
              for (int c = 0; c < 3; c++) {
                logits[i][c] = Math.log(probabilities.outputs()[i][c]) + 3 * i;
              }
            });
    Predictions shifted = Predictions.ofLabels(logits, probabilities.labels());
    assertThat(value(tested, RocAuc.ofLogits(), shifted))
        .isCloseTo(value(tested, RocAuc.ofProbabilities(), probabilities), within(1e-14));
  }

  private static double pairsInOrder(double[] scores, boolean[] positive) {
    double inOrder = 0;
    long pairs = 0;
    for (int p = 0; p < scores.length; p++) {
      for (int n = 0; n < scores.length; n++) {
        if (positive[p] && !positive[n]) {
          pairs++;
          inOrder += scores[p] > scores[n] ? 1 : scores[p] == scores[n] ? 0.5 : 0;
        }
      }
    }
    return inOrder / pairs;
  }

  private static MultilabelConfusionMatrix counts() {
    return MultilabelConfusionMatrix.ofProbabilities();
  }

  private static double value(TestBackend tested, Metric metric, Predictions predictions) {
    try (metric) {
      assertThat(metric.value()).isNaN();
      double value = predictions.feed(tested.backend(), metric, BATCH).value();
      try (Metric again = metric.fresh()) {
        assertThat(again.value()).isNaN();
        assertThat(predictions.feed(tested.backend(), again, 1000).value())
            .isEqualTo(Double.valueOf(value));
      }
      return value;
    }
  }
}
