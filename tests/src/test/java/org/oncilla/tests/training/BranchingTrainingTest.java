package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.nn.AdaptiveAvgPool2d;
import org.oncilla.nn.Concat;
import org.oncilla.nn.Conv1d;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.ConvTranspose2d;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Graph;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Reshape;
import org.oncilla.nn.Residual;
import org.oncilla.nn.Sequential;
import org.oncilla.nn.Tanh;
import org.oncilla.nn.Upsample;
import org.oncilla.tensor.Interpolation;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;
import org.oncilla.train.EpochResult;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;

/**
 * A net of branches trains as a chain does: alike on every backend, without a new buffer after its
 * first epoch, and leaving nothing behind.
 */
class BranchingTrainingTest {
  private static final int EPOCHS = 3;

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  private static Module branching() {
    return new Sequential(
        new Residual(
            new Sequential(
                new Conv2d(4, 3).samePadding(), new Tanh(), new Conv2d(4, 2).samePadding()),
            new Conv2d(4, 1).bias(false)),
        new ReLU(),
        new Concat(
            new Sequential(new Conv2d(3, 3).stride(2).padding(1), new ReLU()),
            new Sequential(Conv2d.depthwise(4, 1, 3).padding(1), new AdaptiveAvgPool2d(4))),
        Graph.builder()
            .apply("up", new ConvTranspose2d(4, 2).stride(2), Graph.INPUT)
            .apply("bent", new Tanh(), "up")
            .apply("large", new Upsample(2, Interpolation.BILINEAR), Graph.INPUT)
            .apply("mixed", new Conv2d(4, 1), "large")
            .sum("sum", "bent", "mixed")
            .apply("small", new AdaptiveAvgPool2d(3), "sum")
            .build("small"),
        new Reshape(4, 9),
        new Conv1d(6, 3),
        new Tanh(),
        new Flatten(),
        new Linear(10));
  }

  /** What an epoch came to. */
  private record Epoch(double loss, long allocations) {}

  private static List<Epoch> train(Backend backend) {
    List<Epoch> epochs = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochEnded(Trainer trainer, EpochResult result) {
            long allocations = backend.pool().statistics().allocations();
            epochs.add(new Epoch(result.training().loss(), allocations));
          }
        };
    try (Module model = branching();
        Trainer trainer = Nets.trainer(model, backend).listener(listener).build()) {
      trainer.fit(Nets.digits(320).batches(32), null, EPOCHS);
    }
    return epochs;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void followsTheReference(TestBackend target) {
    List<Epoch> expected;
    try (ReferenceBackend reference = new ReferenceBackend()) {
      expected = train(reference);
    }
    long before = target.backend().pool().statistics().liveBytes();
    List<Epoch> actual = train(target.backend());
    assertThat(actual.get(EPOCHS - 1).loss()).isLessThan(actual.get(0).loss());
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      assertThat(actual.get(epoch).loss())
          .as("loss of epoch %d", epoch)
          .isCloseTo(expected.get(epoch).loss(), within(2e-4));
    }
    assertThat(actual.get(EPOCHS - 1).allocations()).isEqualTo(actual.get(0).allocations());
    assertThat(target.backend().pool().statistics().liveBytes()).isEqualTo(before);
  }
}
