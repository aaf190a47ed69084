package org.oncilla.tests.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.loss.BceLoss;
import org.oncilla.loss.BceWithLogitsLoss;
import org.oncilla.loss.CategoricalCrossEntropyLoss;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.loss.HingeLoss;
import org.oncilla.loss.HuberLoss;
import org.oncilla.loss.KlDivergenceLoss;
import org.oncilla.loss.Loss;
import org.oncilla.loss.MaeLoss;
import org.oncilla.loss.MseLoss;
import org.oncilla.loss.Reduction;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;

/** Losses at their edges; their values and gradients are among {@link OperationCases}. */
class LossTest {
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

  /** Probabilities of exactly 0 and 1 are clamped at 1e-7, whose logarithm is −16.118. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void certainProbabilitiesGiveFiniteLosses(TestBackend target) {
    Tensor p = tensor(target, 0, 1, 0, 1);
    Tensor t = tensor(target, 0, 1, 1, 0);
    double[] losses = new BceLoss(Reduction.NONE, 1).forward(p, t).toDoubleArray();
    assertThat(losses[0]).isCloseTo(0, within(2e-7));
    assertThat(losses[1]).isCloseTo(0, within(2e-7));
    assertThat(losses[2]).isCloseTo(16.118, within(0.2));
    assertThat(losses[3]).isCloseTo(16.118, within(0.2));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void enormousLogitsGiveFiniteLosses(TestBackend target) {
    Tensor x = tensor(target, 1e4, -1e4, 1e4, -1e4);
    Tensor t = tensor(target, 1, 0, 0, 1);
    assertThat(new BceWithLogitsLoss(Reduction.NONE, 1).forward(x, t).toDoubleArray())
        .containsExactly(0, 0, 1e4, 1e4);
    Tensor rows = x.reshape(2, 2);
    Tensor distribution = Tensor.of(target.backend(), new double[] {0, 1, 1, 0}, Shape.of(2, 2));
    assertThat(
            new CategoricalCrossEntropyLoss(Reduction.NONE, 1)
                .forward(rows, distribution)
                .toDoubleArray())
        .containsExactly(2e4, 0);
  }

  /** Whatever the reduction; what is beyond single precision in truth, such as a square, is not. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void extremeFiniteInputsGiveFiniteLossesAndGradients(TestBackend target) {
    double[] logits = {3e38, -3e38, 1e4, -1e4, 0};
    double[] certain = {0, 1, 1, 0, 1};
    double[] probabilities = {0, 1, 0, 1, 0.5};
    for (Reduction reduction : List.of(Reduction.NONE, Reduction.MEAN, Reduction.BATCH_MEAN)) {
      requireFinite(target, new BceWithLogitsLoss(reduction, 1), logits, certain);
      requireFinite(
          target, new BceWithLogitsLoss(reduction, 1).positiveWeights(0.5), logits, certain);
      requireFinite(target, new BceLoss(reduction, 1), probabilities, certain);
      requireFinite(target, new BceLoss(reduction, 1), logits, certain);
      double[] signs = {-1, 1, -1, 1, 1};
      requireFinite(target, new HingeLoss(reduction, 1), logits, signs);
      requireFinite(target, new MaeLoss(reduction, 1), logits, certain);
      requireFinite(target, new HuberLoss(1, reduction, 1), logits, certain);
      double[] roots = {1e19, -1e19, 1e4, -1e4, 0};
      requireFinite(target, new MseLoss(reduction, 1), roots, certain);
      double[] logarithms = {-3e38, 0, -1e4, -87, -104};
      requireFinite(target, new KlDivergenceLoss(reduction, 1), logarithms, probabilities);
    }
  }

  private static void requireFinite(
      TestBackend target, Loss loss, double[] prediction, double[] expected) {
    int length = prediction.length;
    Tensor x = Tensor.of(target.backend(), prediction, Shape.of(length, 1)).requireGrad();
    Tensor t = Tensor.of(target.backend(), expected, Shape.of(length, 1));
    Tensor losses = loss.forward(x, t);
    String name = loss.getClass().getSimpleName();
    requireFinite(name, losses);
    losses.sum().backward();
    requireFinite("gradient of " + name, x.gradient());
  }

  /** In single precision too. */
  static void requireFinite(String what, Tensor tensor) {
    assertThat(Arrays.stream(tensor.toDoubleArray()))
        .as(what)
        .allMatch(value -> Float.isFinite(value.floatValue()));
  }

  /** The gradient of sigmoid and cross-entropy is ŷ − y, also where the loss has its kink. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void theGradientOfLogitsIsTheirErrorInProbability(TestBackend target) {
    double[] logits = {-3, -0.5, 0, 0.5, 3};
    double[] targets = {0, 1, 1, 0, 1};
    Tensor x = tensor(target, logits).requireGrad();
    new BceWithLogitsLoss(Reduction.SUM, 1).forward(x, tensor(target, targets)).backward();
    double[] gradient = x.gradient().toDoubleArray();
    for (int i = 0; i < logits.length; i++) {
      double expected = 1 / (1 + Math.exp(-logits[i])) - targets[i];
      assertThat(gradient[i]).isCloseTo(expected, within(target.isDouble() ? 1e-15 : 1e-6));
    }
  }

  /** The same by the chain rule, through a sigmoid of its own. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void theGradientThroughASigmoidIsTheSame(TestBackend target) {
    double[] logits = {-3, -0.5, 0, 0.5, 3};
    double[] targets = {0, 1, 1, 0, 1};
    Tensor x = tensor(target, logits).requireGrad();
    new BceLoss(Reduction.SUM, 1).forward(x.sigmoid(), tensor(target, targets)).backward();
    double[] gradient = x.gradient().toDoubleArray();
    for (int i = 0; i < logits.length; i++) {
      double expected = 1 / (1 + Math.exp(-logits[i])) - targets[i];
      assertThat(gradient[i]).isCloseTo(expected, within(target.isDouble() ? 1e-15 : 1e-6));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void aDistributionDivergesFromItselfByNothing(TestBackend target) {
    Tensor x = Tensor.of(target.backend(), new double[] {1.1, 2.2, 0.2, -1.7}, Shape.of(1, 4));
    double self = new KlDivergenceLoss().forward(x.logSoftmax(-1), x.softmax(-1)).item();
    assertThat(self).isCloseTo(0, within(1e-6));
    Tensor certain = Tensor.of(target.backend(), new double[] {0, 1, 0, 0}, Shape.of(1, 4));
    assertThat(new KlDivergenceLoss().forward(x.logSoftmax(-1), certain).item())
        .as("−ln 0.67184")
        .isCloseTo(0.39774, within(1e-5));
  }

  @Test
  void refusesShapesThatDiffer() {
    for (Loss loss :
        List.of(
            new MseLoss(),
            new MaeLoss(),
            new HuberLoss(),
            new BceLoss(),
            new BceWithLogitsLoss(),
            new KlDivergenceLoss(),
            new HingeLoss(),
            new CategoricalCrossEntropyLoss())) {
      TestBackend reference = TestBackends.present().get(0);
      Tensor x = tensor(reference, 1, 2).reshape(2, 1);
      Tensor y = tensor(reference, 1, 2);
      assertThatThrownBy(() -> loss.forward(x, y))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(
              loss.getClass().getSimpleName()
                  + ": predictions of shape [2, 1] and targets of shape [2] must have the same")
          .hasMessageContaining("targets of shape [1]");
    }
  }

  /** What to do depends on the case: labels, too many targets, or one axis too few. */
  @Test
  void saysWhatToDoAboutShapesThatDiffer() {
    Backend reference = TestBackends.present().get(0).backend();
    for (Loss loss :
        List.of(new MseLoss(), new BceLoss(), new CategoricalCrossEntropyLoss(), new HingeLoss())) {
      String name = loss.getClass().getSimpleName();
      Tensor labels = Tensor.ofInts(reference, new int[4], Shape.of(4));
      refuses(
          loss,
          Tensor.zeros(reference, Shape.of(4, 10)),
          labels,
          name
              + ": predictions of shape [4, 10] and targets of shape [4] must be values of the same"
              + " shape, but the targets are class labels; train with CrossEntropyLoss, or make the"
              + " labels one-hot targets by dataset.oneHot()");
      refuses(
          loss,
          Tensor.zeros(reference, Shape.of(4, 1)),
          labels,
          "for a yes or no, give targets of 0 and 1 by dataset.withTargets(label -> new float[]"
              + " {label})");
      refuses(
          loss,
          Tensor.zeros(reference, Shape.of(4)),
          labels,
          "[4] must be values of the same shape, but the targets are class labels");
      refuses(
          loss,
          Tensor.zeros(reference, Shape.of(4, 1)),
          Tensor.zeros(reference, Shape.of(4, 2)),
          name
              + ": predictions of shape [4, 1] and targets of shape [4, 2] must have the same"
              + " shape; the model gives 1 value(s) for the 2 target(s) of a sample: end it with 2"
              + " output(s), such as those of Linear(2)");
      refuses(
          loss,
          Tensor.zeros(reference, Shape.of(4, 1)),
          Tensor.zeros(reference, Shape.of(4)),
          "for one value a sample, both are [N, 1]: give the data set targets of shape [1]");
      refuses(
          loss,
          Tensor.zeros(reference, Shape.of(4, 2, 3)),
          Tensor.zeros(reference, Shape.of(4, 3, 2)),
          "give the data set targets of shape [2, 3], or the model that of the targets");
      refuses(
          loss,
          Tensor.zeros(reference, Shape.of(4, 2)),
          Tensor.zeros(reference, Shape.of(3, 2)),
          "their first axis is the batch: predict for as many samples as there are targets");
    }
  }

  private static void refuses(Loss loss, Tensor x, Tensor target, String text) {
    assertThatThrownBy(() -> loss.forward(x, target))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }

  @Test
  void refusesTargetsWithoutAMeaning() {
    float[] targets = {0, 1, 0.5f, 2};
    for (Loss loss :
        List.of(
            new BceLoss(),
            new BceWithLogitsLoss(),
            new KlDivergenceLoss(),
            new CategoricalCrossEntropyLoss(),
            new CrossEntropyLoss())) {
      loss.requireTargets(targets, 3);
      loss.requireTargets(new float[] {Math.nextUp(1f)}, 1); // the rounding of a mixture
      refusesTargets(loss, targets, ": the target 2.0 (value 3 of a batch) is not in [0.0, 1.0]; ");
      refusesTargets(loss, new float[] {Float.NaN}, ": the target NaN (value 0 of a batch) is not");
      refusesTargets(loss, new float[] {-1}, ": the target -1.0 (value 0 of a batch) is not in");
    }
    new HingeLoss().requireTargets(new float[] {-1, 1}, 2);
    refusesTargets(
        new HingeLoss(),
        new float[] {1, 0},
        ": the target 0.0 (value 1 of a batch) is neither -1 nor 1; of labels 0 and 1, make them by"
            + " dataset.withTargets(label -> new float[] {2 * label - 1})");
    new MseLoss().requireTargets(new float[] {1000}, 1);
  }

  private static void refusesTargets(Loss loss, float[] targets, String text) {
    assertThatThrownBy(() -> loss.requireTargets(targets, targets.length))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(loss.getClass().getSimpleName() + text);
  }

  @Test
  void refusesSenselessSettings() {
    assertThatThrownBy(() -> new HuberLoss(0, Reduction.MEAN, 1))
        .hasMessageContaining("HuberLoss: delta must be finite and above 0, not 0.0");
    assertThatThrownBy(() -> new MseLoss(Reduction.SUM, Double.NaN))
        .hasMessageContaining("MseLoss: the scale must be finite, not NaN");
    TestBackend reference = TestBackends.present().get(0);
    Tensor x = tensor(reference, 1, 2);
    assertThatThrownBy(() -> new CategoricalCrossEntropyLoss().forward(x, x))
        .hasMessageContaining("needs logits and targets of shape [N, C], not [2]");
  }

  private static Tensor tensor(TestBackend target, double... values) {
    return Tensor.of(target.backend(), values, Shape.of(values.length));
  }
}
