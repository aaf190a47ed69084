package org.oncilla.tests.lectures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.loss.BceLoss;
import org.oncilla.loss.BceWithLogitsLoss;
import org.oncilla.loss.CategoricalCrossEntropyLoss;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.loss.HingeLoss;
import org.oncilla.loss.KlDivergenceLoss;
import org.oncilla.loss.Loss;
import org.oncilla.loss.MaeLoss;
import org.oncilla.loss.MseLoss;
import org.oncilla.loss.Reduction;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends.TestBackend;

/** The losses of the course on numbers that fit on a blackboard. */
class LossesTest extends LectureExample {
  /** The errors are −0.1, 0.2 and −0.4, and their squares 0.01, 0.04 and 0.16. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void squaredErrorsInThreeScales(TestBackend target) {
    on(target);
    assertLoss(new MseLoss(), 0.07); // 1/n Σ
    assertLoss(new MseLoss(Reduction.MEAN, 0.5), 0.035); // 1/2n Σ
    assertLoss(new MseLoss(Reduction.SUM, 0.5), 0.105); // ½ Σ
    Tensor each = new MseLoss(Reduction.NONE, 1).forward(predictions(), targets());
    assertValues(each, 0.01, 0.04, 0.16);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void absoluteErrors(TestBackend target) {
    on(target);
    assertLoss(new MaeLoss(), 0.7 / 3);
  }

  /** −(ln 0.9 + ln 0.8 + ln 0.6) / 3. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void binaryCrossEntropyOfProbabilitiesAndOfLogits(TestBackend target) {
    on(target);
    assertLoss(new BceLoss(), 0.279777);
    Tensor logits = vector(Math.log(0.9 / 0.1), Math.log(0.2 / 0.8), Math.log(0.6 / 0.4));
    assertValues(new BceWithLogitsLoss().forward(logits, targets()), 0.279777);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void binaryCrossEntropyIsNeverNaN(TestBackend target) {
    on(target);
    Tensor certain = vector(0, 1, 0, 1).requireGrad();
    Tensor loss = new BceLoss().forward(certain, vector(0, 1, 1, 0));
    loss.backward();
    assertThat(loss.item()).isBetween(7.9, 8.1); // half of −ln 10⁻⁷
    assertThat(certain.gradient().toDoubleArray()).doesNotContain(Double.NaN);
    Tensor extreme = vector(-1e4, 1e4).requireGrad();
    Tensor wrong = new BceWithLogitsLoss().forward(extreme, vector(1, 0));
    wrong.backward();
    assertValue(wrong.item(), 1e4);
    assertValues(extreme.gradient(), -0.5, 0.5);
  }

  /** −ln of the probabilities .22364 .67184 .09092 .01360 that softmax gives, at the second. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void crossEntropyOfOneHotAndOfIntegerLabels(TestBackend target) {
    on(target);
    Tensor z = matrix(1, 4, 1.1, 2.2, 0.2, -1.7);
    Tensor label = Tensor.ofInts(backend, new int[] {1}, Shape.of(1));
    assertValues(new CrossEntropyLoss().forward(z, label), 0.397734);
    Tensor oneHot = matrix(1, 4, 0, 1, 0, 0);
    assertValues(new CategoricalCrossEntropyLoss().forward(z, oneHot), 0.397734);
  }

  /** Σ t ln(t/p) with t = (½, ¼, ¼) and p = (¼, ½, ¼): ½ ln 2 − ¼ ln 2. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void kullbackLeiblerDivergence(TestBackend target) {
    on(target);
    Tensor logarithms = matrix(1, 3, 0.25, 0.5, 0.25).log();
    Tensor divergence = new KlDivergenceLoss().forward(logarithms, matrix(1, 3, 0.5, 0.25, 0.25));
    assertValues(divergence, 0.173287);
  }

  /** max(0, 1 − t·x): 0.2, 0 and 1.3. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void hinge(TestBackend target) {
    on(target);
    Tensor scores = vector(0.8, -1.5, 0.3);
    assertValues(new HingeLoss().forward(scores, vector(1, -1, -1)), 0.5);
  }

  private Tensor predictions() {
    return vector(0.9, 0.2, 0.6);
  }

  private Tensor targets() {
    return vector(1, 0, 1);
  }

  private void assertLoss(Loss loss, double expected) {
    assertValues(loss.forward(predictions(), targets()), expected);
  }
}
