package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.nn.Module;
import org.oncilla.optim.Sgd;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.train.EpochResult;
import org.oncilla.train.NonFiniteLossException;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;

/** A loss that is not finite stops the training, says where, and loses nothing. */
class NonFiniteLossTest {
  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  /** One batch an epoch: the loss is measured before the only update, which then blows up. */
  @ParameterizedTest
  @MethodSource("backends")
  void seesWhatTheLastUpdateOfAnEpochDid(TestBackend tested) {
    List<Integer> ended = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochEnded(Trainer trainer, EpochResult result) {
            ended.add(result.epoch());
          }
        };
    try (Module model = Nets.convolutional();
        Trainer trainer =
            Nets.trainer(model, tested.backend(), () -> new Sgd(0.05)).listener(listener).build()) {
      trainer.fit(Nets.digits(32).batches(32), Nets.digits(32).batches(32), 1);
      double[] good = model.parameters().values().toDoubleArray();
      trainer.optimizer().learningRate(Double.MAX_VALUE);
      assertThatThrownBy(
              () -> trainer.fit(Nets.digits(32).batches(32), Nets.digits(32).batches(32), 2))
          .isInstanceOf(NonFiniteLossException.class)
          .hasMessageContaining("of epoch 2, step 1 is ");
      assertThat(ended).containsExactly(1);
      assertThat(model.parameters().values().toDoubleArray()).containsExactly(good);
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void goesBackToTheStartOfTheEpoch(TestBackend tested) {
    try (Module model = Nets.convolutional();
        Trainer trainer =
            Nets.trainer(model, tested.backend(), () -> new Sgd(0.05).momentum(0.9)).build()) {
      trainer.fit(Nets.digits(320).batches(32), null, 1);
      double[] good = model.parameters().values().toDoubleArray();
      double[] velocity = trainer.optimizer().state().get("velocity").toDoubleArray();

      trainer.optimizer().learningRate(Double.MAX_VALUE);
      NonFiniteLossException stop =
          catchThrowableOfType(
              NonFiniteLossException.class,
              () -> trainer.fit(Nets.digits(320).batches(32), null, 2));

      assertThat(stop.epoch()).isEqualTo(2);
      assertThat(stop.step()).isBetween(2, 10);
      assertThat(stop)
          .hasMessageContaining("the loss of epoch 2, step " + stop.step() + " is ")
          .hasMessageContaining("Lower the learning rate (now 1.798e+308)");
      assertThat(model.parameters().values().toDoubleArray()).containsExactly(good);
      assertThat(trainer.optimizer().state().get("velocity").toDoubleArray())
          .containsExactly(velocity);

      trainer.optimizer().learningRate(0.05);
      assertThat(trainer.fit(Nets.digits(320).batches(32), null, 2).last().training().loss())
          .isFinite();
    }
  }
}
