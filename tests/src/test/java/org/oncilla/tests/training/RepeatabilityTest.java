package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.nn.Module;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.train.Trainer;

/** A training repeated with one seed gives the same weights, bit for bit. */
class RepeatabilityTest {
  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  @ParameterizedTest
  @MethodSource("backends")
  void repeatsBitForBit(TestBackend tested) {
    assertThat(weightsAfterTraining(tested.backend()))
        .containsExactly(weightsAfterTraining(tested.backend()));
  }

  @ParameterizedTest
  @MethodSource("backends")
  void isNotDisturbedByAnotherTrainingAtTheSameTime(TestBackend tested) {
    double[] alone = weightsAfterTraining(tested.backend());
    CompletableFuture<double[]> other =
        CompletableFuture.supplyAsync(() -> weightsAfterTraining(tested.backend()));
    assertThat(weightsAfterTraining(tested.backend())).containsExactly(alone);
    assertThat(other.join()).containsExactly(alone);
  }

  private static double[] weightsAfterTraining(Backend backend) {
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, backend).build()) {
      trainer.fit(Nets.digits(320).batches(32), null, 2);
      return model.parameters().values().toDoubleArray();
    }
  }
}
