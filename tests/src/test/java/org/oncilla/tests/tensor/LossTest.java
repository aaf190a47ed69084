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
import org.oncilla.loss.BceLoss;
import org.oncilla.loss.BceWithLogitsLoss;
import org.oncilla.loss.CategoricalCrossEntropyLoss;
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
