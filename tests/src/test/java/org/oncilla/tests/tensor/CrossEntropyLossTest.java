package org.oncilla.tests.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.loss.BceWithLogitsLoss;
import org.oncilla.loss.CategoricalCrossEntropyLoss;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.loss.Loss;
import org.oncilla.loss.Reduction;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;

/**
 * Cross-entropy at its edges; its values and gradients with every option are among {@link
 * CrossEntropyCases}.
 */
class CrossEntropyLossTest {
  private static final int IGNORED = -100;

  private Scope scope;

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  private static CrossEntropyLoss withAllOptions() {
    return new CrossEntropyLoss().classWeights(1, 2, 0.5).labelSmoothing(0.1).ignoreIndex(IGNORED);
  }

  /** dL/dz = ŷ − y: the gradient of softmax and cross-entropy in one. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void theGradientOfLogitsIsTheirErrorInProbability(TestBackend target) {
    HostTensor logits = new Draw(71).values(6, 3);
    int[] labels = {0, 2, 1, 1, 0, 2};
    Tensor y = labels(target.backend(), labels);
    Tensor oneHot = y.oneHot(3);
    HostTensor softmax = HostTensor.of(logits.on(target.backend()).softmax(1));
    List<Supplier<Tensor>> gradients =
        List.of(
            () -> gradient(new CrossEntropyLoss(Reduction.SUM, 1), logits, y),
            () -> gradient(new CrossEntropyLoss(Reduction.SUM, 1), logits, oneHot),
            () -> gradient(new CategoricalCrossEntropyLoss(Reduction.SUM, 1), logits, oneHot));
    for (Supplier<Tensor> each : gradients) {
      double[] gradient = each.get().toDoubleArray();
      for (int i = 0; i < gradient.length; i++) {
        double expected = softmax.values()[i] - (i % 3 == labels[i / 3] ? 1 : 0);
        assertThat(gradient[i]).isCloseTo(expected, within(target.isDouble() ? 1e-15 : 1e-6));
      }
    }
  }

  private static Tensor gradient(Loss loss, HostTensor logits, Tensor target) {
    Tensor x = logits.on(target.backend()).requireGrad();
    loss.forward(x, target).backward();
    return x.gradient();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void aBatchThatIsIgnoredCostsNothing(TestBackend target) {
    Tensor y = labels(target.backend(), IGNORED, IGNORED);
    for (Reduction reduction : Reduction.values()) {
      CrossEntropyLoss loss = new CrossEntropyLoss(reduction, 1).ignoreIndex(IGNORED);
      Tensor x = new Draw(72).values(2, 3).on(target.backend()).requireGrad();
      Tensor value = loss.forward(x, y);
      assertThat(value.toDoubleArray()).as("%s", reduction).containsOnly(0);
      value.sum().backward();
      assertThat(Arrays.stream(x.gradient().toDoubleArray()))
          .as("%s", reduction)
          .allMatch(gradient -> gradient == 0); // of either sign
    }
  }

  /** A class may be ignored too: it is in range all the same. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void anIgnoredSampleIsAsIfItWereNotThere(TestBackend target) {
    HostTensor logits = new Draw(73).values(3, 3);
    Tensor x = logits.on(target.backend());
    Tensor kept = x.slice(0, 1, 2);
    double expected = new CrossEntropyLoss().forward(kept, labels(target.backend(), 2)).item();
    double actual =
        new CrossEntropyLoss().ignoreIndex(0).forward(x, labels(target.backend(), 0, 2, 0)).item();
    assertThat(actual).isCloseTo(expected, within(1e-6));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void enormousLogitsGiveFiniteLossesAndGradients(TestBackend target) {
    for (float big : new float[] {1e4f, 3e38f, Float.MAX_VALUE}) {
      double[] values = {
        big, -big, 0, -big, big, -big, 0, 0, big, big, big, -big, -big, -big, -big
      };
      Tensor y = labels(target.backend(), 1, 0, 1, 2, 0);
      for (Reduction reduction : List.of(Reduction.NONE, Reduction.MEAN)) {
        requireFinite(new CrossEntropyLoss(reduction, 1), values, y);
        requireFinite(new CrossEntropyLoss(reduction, 1), values, y.oneHot(3));
        requireFinite(new CategoricalCrossEntropyLoss(reduction, 1), values, y.oneHot(3));
        requireFinite(
            new CrossEntropyLoss(reduction, 1).labelSmoothing(0.1).ignoreIndex(9), values, y);
      }
    }
  }

  private static void requireFinite(Loss loss, double[] values, Tensor target) {
    Tensor x = Tensor.of(target.backend(), values, Shape.of(5, 3)).requireGrad();
    Tensor losses = loss.forward(x, target);
    LossTest.requireFinite("losses", losses);
    assertThat(Arrays.stream(losses.toDoubleArray())).allMatch(value -> value >= 0);
    losses.sum().backward();
    LossTest.requireFinite("gradient", x.gradient());
  }

  /** A class that was ruled out by an infinite logit stays impossible. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void anImpossibleLabelCostsInfinitelyMuch(TestBackend target) {
    double[] values = {1, Double.NEGATIVE_INFINITY, 1, Double.NEGATIVE_INFINITY};
    Tensor x = Tensor.of(target.backend(), values, Shape.of(2, 2));
    Tensor y = labels(target.backend(), 1, 0);
    assertThat(new CrossEntropyLoss(Reduction.NONE, 1).forward(x, y).toDoubleArray())
        .containsExactly(Double.POSITIVE_INFINITY, 0);
    assertThat(x.logSoftmax(1).toDoubleArray())
        .containsExactly(0, Double.NEGATIVE_INFINITY, 0, Double.NEGATIVE_INFINITY);
  }

  @Test
  void nothingWaitsForTheDevice() {
    try (Backend reference = new ReferenceBackend()) {
      ReadCounter counter = new ReadCounter(reference);
      Tensor x = new Draw(74).values(4, 3).on(counter.backend()).requireGrad();
      Tensor some = labels(counter.backend(), IGNORED, 2, 0, IGNORED);
      Tensor none = labels(counter.backend(), IGNORED, IGNORED, IGNORED, IGNORED);
      Tensor all = labels(counter.backend(), 0, 2, 1, 1);
      new CrossEntropyLoss().forward(x, all).backward();
      for (Tensor y : List.of(some, none, all)) {
        withAllOptions().forward(x, y).backward();
        new CrossEntropyLoss().ignoreIndex(IGNORED).forward(x, y).backward();
      }
      new CrossEntropyLoss().labelSmoothing(0.1).forward(x, all.oneHot(3)).backward();
      all.embedding(x, 1).sum().backward();
      assertThat(counter.reads()).isZero();
      x.argmax(1).oneHot(3);
      assertThat(counter.reads()).as("an argmax is known to be in range").isZero();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void explainsBadTargetsAndLeaksNothing(TestBackend target) {
    Backend b = target.backend();
    Tensor x = Tensor.zeros(b, Shape.of(2, 3)).requireGrad();
    Tensor images = Tensor.zeros(b, Shape.of(2, 3, 4, 4)).requireGrad();
    Tensor vector = Tensor.zeros(b, Shape.of(6));
    CrossEntropyLoss plain = new CrossEntropyLoss();
    refuses(
        withAllOptions(),
        x,
        labels(b, 0, 3),
        "CrossEntropyLoss: oneHot: label 3 of row 1 is not in 0 … 2, the 3 classes");
    refuses(plain, x, labels(b, IGNORED, 0), "crossEntropy: label -100 of row 0 is not in 0 … 2");
    refuses(
        plain,
        x,
        labels(b, 0, 1, 2),
        "CrossEntropyLoss: logits of shape [2, 3] need labels of shape [2] or class probabilities"
            + " of shape [2, 3], not labels of shape [3]");
    refuses(
        plain,
        x,
        Tensor.zeros(b, Shape.of(2, 4)),
        "not values of shape [2, 4]; for probabilities of 4 classes, end the model with as many"
            + " outputs, such as those of Linear(4)");
    for (Shape column : List.of(Shape.of(2), Shape.of(2, 1))) {
      refuses(
          plain,
          x,
          Tensor.zeros(b, column),
          "not values of shape "
              + column
              + "; for class labels, give the data set integers by ArrayDataset.ofLabels");
    }
    refuses(
        plain,
        images,
        labels(b, 0, 1),
        "CrossEntropyLoss: logits of shape [2, 3, 4, 4] need labels of shape [2, 4, 4]");
    refuses(
        plain,
        vector,
        labels(b, 0, 1),
        "CrossEntropyLoss: needs logits of shape [N, C] or [N, C, d1, …], not [6]");
    refuses(
        withAllOptions(),
        x,
        Tensor.zeros(b, Shape.of(2, 3)),
        "CrossEntropyLoss: ignoreIndex(-100) is about labels, but the targets of shape [2, 3] are"
            + " class probabilities; leave it out, or give integer labels");
    refuses(
        new CrossEntropyLoss().classWeights(1, 2),
        x,
        labels(b, 0, 1),
        "CrossEntropyLoss: there are 2 class weights for predictions of shape [2, 3]; give 3");
    refuses(
        new BceWithLogitsLoss().positiveWeights(1, 2),
        x,
        Tensor.zeros(b, Shape.of(2, 3)),
        "BceWithLogitsLoss: there are 2 positive weights for predictions of shape [2, 3]; give 3");
    refuses(
        new BceWithLogitsLoss().positiveWeights(1),
        Tensor.zeros(b, Shape.SCALAR),
        Tensor.zeros(b, Shape.SCALAR),
        "BceWithLogitsLoss: positive weights need an axis of labels, but predictions are a scalar");
  }

  private static void refuses(Loss loss, Tensor x, Tensor y, String text) {
    long before = x.backend().pool().statistics().liveBytes();
    assertThatThrownBy(() -> loss.forward(x, y))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
    assertThat(x.backend().pool().statistics().liveBytes()).isEqualTo(before);
  }

  @Test
  void refusesSenselessSettings() {
    for (double smoothing : new double[] {-0.1, 1, Double.NaN}) {
      assertThatThrownBy(() -> new CrossEntropyLoss().labelSmoothing(smoothing))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("CrossEntropyLoss: label smoothing must be in [0, 1), not " + smoothing);
    }
    for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new CrossEntropyLoss().classWeights(1, weight))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "CrossEntropyLoss: the class weights must be finite and at least 0, but number 1 is "
                  + weight);
    }
    assertThatThrownBy(() -> new CrossEntropyLoss().classWeights())
        .hasMessage("CrossEntropyLoss: give at least one of the class weights");
    assertThatThrownBy(() -> new BceWithLogitsLoss().positiveWeights(-2))
        .hasMessage(
            "BceWithLogitsLoss: the positive weights must be finite and at least 0, but number 0 is"
                + " -2.0");
  }

  private static Tensor labels(Backend backend, int... labels) {
    return Tensor.ofInts(backend, labels, Shape.of(labels.length));
  }
}
