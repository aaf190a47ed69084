package org.oncilla.tests.lectures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.data.ArrayDataset;
import org.oncilla.loss.MseLoss;
import org.oncilla.loss.Penalty;
import org.oncilla.loss.PenaltyTerm;
import org.oncilla.nn.Dropout;
import org.oncilla.nn.Initializers;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.ParameterArena;
import org.oncilla.optim.Optimizer;
import org.oncilla.optim.Sgd;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.train.Trainer;

/** How the course trains: kinds of descent, momentum, regularization, initial weights. */
class TrainingTest extends LectureExample {
  private static final float[] XS = {0, 1, 2, 3, 4, 5};
  private static final float[] YS = {1.4f, 2.2f, 3, 3.8f, 4.6f, 5.4f}; // y = 0.8 x + 1.4

  /** All samples in a step, one, or some: each finds the line that the points lie on. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void batchStochasticAndMiniBatchDescentFindTheLine(TestBackend target) {
    on(target);
    assertFindsTheLine(6);
    assertFindsTheLine(1);
    assertFindsTheLine(2);
  }

  private void assertFindsTheLine(int batchSize) {
    var points = ArrayDataset.ofTargets(Shape.of(1), XS, Shape.of(1), YS);
    Linear line = new Linear(1);
    try (Trainer trainer =
        Trainer.of(line)
            .backend(backend)
            .loss(new MseLoss())
            .optimizer(new Sgd(0.03))
            .seed(1)
            .build()) {
      trainer.fit(points.shuffled(5).batches(batchSize), null, 1200);
      assertThat(line.weight().value().item()).isCloseTo(0.8, within(1e-5));
      assertThat(line.bias().value().item()).isCloseTo(1.4, within(3e-5));
    } finally {
      line.close();
    }
  }

  /**
   * Three steps from w = 1 down ½w², whose gradient is w, with a rate of 0.1 and β = 0.9.
   *
   * <pre>
   * v = βv + g          v: 1, 1.8, 2.34             w: 0.9, 0.72, 0.486
   * v = βv + (1 − β)g   v: 0.1, 0.189, 0.26721      w: 0.99, 0.9711, 0.944379
   * </pre>
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void momentumInItsTwoForms(TestBackend target) {
    on(target);
    assertDescends(new Sgd(0.1).momentum(0.9), 0.9, 0.72, 0.486);
    assertDescends(new Sgd(0.1).averagedMomentum(0.9), 0.99, 0.9711, 0.944379);
  }

  private void assertDescends(Optimizer optimizer, double... positions) {
    Linear unit = new Linear(1).bias(false).weightInitializer(Initializers.constant(1));
    try (Module built = unit.initialize(backend, Shape.of(1), 1);
        optimizer) {
      optimizer.attach(built.parameters());
      for (double position : positions) {
        built.parameters().zeroGrad();
        built.forward(matrix(1, 1, 1)).square().sum().mul(0.5).backward();
        optimizer.step();
        assertValue(unit.weight().value().item(), position);
      }
    }
  }

  /** The weights are 0.5, −2 and 1: Σ|w| = 3.5 and Σw² = 5.25. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void penaltiesOnWeights(TestBackend target) {
    on(target);
    withWeights(
        weights -> {
          assertPenalty(Penalty.l1(0.1), weights, 0.35, 0.1, -0.1, 0.1); // λ Σ|w|
          assertPenalty(Penalty.l2(0.1), weights, 0.2625, 0.05, -0.2, 0.1); // λ/2 Σw²
          assertPenalty(Penalty.sumOfSquares(0.1), weights, 0.525, 0.1, -0.4, 0.2); // λ Σw²
        },
        0.5,
        -2,
        1);
  }

  private void assertPenalty(
      Penalty penalty, ParameterArena weights, double value, double... gradient) {
    weights.zeroGrad();
    try (PenaltyTerm term = penalty.of(weights)) {
      assertValues(term.value(), value);
      term.addGradient();
      assertValues(weights.gradients(), gradient);
    }
  }

  /** Gradients of (3, 4) have norm 5. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void clippingByNormAndByValue(TestBackend target) {
    on(target);
    withWeights(
        weights -> {
          weights.gradients().copyFrom(new double[] {3, 4});
          weights.clipGradientNorm(1);
          assertValues(weights.gradients(), 0.6, 0.8);
          weights.gradients().copyFrom(new double[] {3, -4});
          weights.clipGradientValue(3.5);
          assertValues(weights.gradients(), 3, -3.5);
        },
        0,
        0);
  }

  /** A unit without bias whose weights are given. */
  private void withWeights(Consumer<ParameterArena> test, double... weights) {
    try (Module unit = new Linear(1).bias(false).initialize(backend, Shape.of(weights.length), 1)) {
      unit.parameters().values().copyFrom(weights);
      test.accept(unit.parameters());
    }
  }

  /** The course keeps a unit with probability p and divides by p; the layer's name says which. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void invertedDropoutKeepsTheMean(TestBackend target) {
    on(target);
    try (Module dropout = Dropout.keeping(0.8).initialize(backend, Shape.of(100), 3)) {
      Tensor ones = Tensor.full(backend, Shape.of(200, 100), 1);
      double[] dropped = dropout.forward(ones).toDoubleArray();
      for (double y : dropped) {
        assertValue(y, y == 0 ? 0 : 1.25);
      }
      double kept = Arrays.stream(dropped).filter(y -> y > 0).count() / 20_000.;
      assertThat(kept).isCloseTo(0.8, within(0.01));
      dropout.eval();
      assertThat(dropout.forward(ones).toDoubleArray()).containsOnly(1);
      assertThat(dropout.config()).isEqualTo(new Dropout(1 - 0.8).config());
    }
  }
}
