package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.data.Batch;
import org.oncilla.data.BatchReader;
import org.oncilla.data.Batches;
import org.oncilla.data.HostBatch;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.nn.Module;
import org.oncilla.optim.Adam;
import org.oncilla.optim.Optimizer;
import org.oncilla.optim.Sgd;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;

/** One seed trains the same way on every backend; the judge computes in double precision. */
class TrainingAgreementTest {
  private static final int STEPS = 20;

  /**
   * Rounding grows with the steps: each one adds an error of about 1e-7 of a weight, which the next
   * ones amplify.
   */
  private static final double TOLERANCE = 2e-4;

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void startsFromTheSameWeights(TestBackend tested) {
    try (ReferenceBackend reference = new ReferenceBackend();
        Module expected = Nets.convolutional().initialize(reference, Shape.of(1, 8, 8), Nets.SEED);
        Module actual =
            Nets.convolutional().initialize(tested.backend(), Shape.of(1, 8, 8), Nets.SEED)) {
      assertThat(actual.parameters().values().toFloatArray())
          .containsExactly(expected.parameters().values().toFloatArray());
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void followsTheReferenceWithAdam(TestBackend tested) {
    compare(tested, new Adam(1e-3), new Adam(1e-3));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void followsTheReferenceWithMomentum(TestBackend tested) {
    compare(tested, new Sgd(0.05).momentum(0.9), new Sgd(0.05).momentum(0.9));
  }

  private static void compare(TestBackend tested, Optimizer one, Optimizer other) {
    List<Double> expected;
    try (ReferenceBackend reference = new ReferenceBackend()) {
      expected = losses(reference, one);
    }
    List<Double> actual = losses(tested.backend(), other);
    assertThat(mean(actual.subList(STEPS - 5, STEPS))).isLessThan(mean(actual.subList(0, 5)));
    for (int step = 0; step < STEPS; step++) {
      assertThat(actual.get(step))
          .as("loss of step %d on %s", step, tested)
          .isCloseTo(expected.get(step), within(TOLERANCE));
    }
  }

  private static double mean(List<Double> losses) {
    return losses.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  /** The losses of the first steps, by the parts that a Trainer is made of. */
  private static List<Double> losses(Backend backend, Optimizer optimizer) {
    List<Double> losses = new ArrayList<>();
    Batches batches = Nets.digits(32 * STEPS).batches(32);
    CrossEntropyLoss loss = new CrossEntropyLoss();
    try (optimizer;
        Module model = Nets.convolutional().initialize(backend, Shape.of(1, 8, 8), Nets.SEED);
        BatchReader reader = batches.open(0)) {
      optimizer.attach(model.parameters());
      for (HostBatch host = reader.next(); host != null; host = reader.next()) {
        try (Scope scope = Scope.open()) {
          Batch batch = Batch.upload(backend, batches.dataset(), host);
          model.parameters().zeroGrad();
          Tensor value = loss.forward(model.forward(batch.inputs()), batch.targets());
          value.backward();
          optimizer.step();
          losses.add(value.item());
        }
      }
    }
    return losses;
  }
}
