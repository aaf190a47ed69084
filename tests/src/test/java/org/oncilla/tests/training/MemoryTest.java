package org.oncilla.tests.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.MemoryStatistics;
import org.oncilla.nn.Module;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.train.EpochResult;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;

/** Memory does not grow with the steps, and all of it comes back. */
class MemoryTest {
  private static final int STEPS_PER_EPOCH = 100;
  private static final int EPOCHS = 10;
  private static final double HEAP_NOISE = 1 << 20;

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  /** What is held after each epoch. */
  private static final class Meter implements TrainingListener {
    private final List<MemoryStatistics> device = new ArrayList<>();
    private final List<Long> heap = new ArrayList<>();

    @Override
    public void epochEnded(Trainer trainer, EpochResult result) {
      device.add(trainer.backend().pool().statistics());
      System.gc();
      heap.add(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
  }

  @ParameterizedTest
  @MethodSource("backends")
  void isFlatOverAThousandSteps(TestBackend tested) {
    long before = tested.backend().pool().statistics().liveBytes();
    Meter meter = new Meter();
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, tested.backend()).listener(meter).build()) {
      trainer.fit(Nets.digits(8 * STEPS_PER_EPOCH).batches(8), null, EPOCHS);
    }
    MemoryStatistics after100 = meter.device.get(0);
    MemoryStatistics after1000 = meter.device.get(EPOCHS - 1);
    assertThat(after1000.liveBytes()).isEqualTo(after100.liveBytes());
    assertThat(after1000.liveBuffers()).isEqualTo(after100.liveBuffers());
    assertThat(after1000.allocations()).isEqualTo(after100.allocations());
    assertThat((double) meter.heap.get(EPOCHS - 1))
        .isCloseTo(meter.heap.get(0), within(HEAP_NOISE));
    assertThat(tested.backend().pool().statistics().liveBytes()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("backends")
  void comesBackAfterAFailure(TestBackend tested) {
    long before = tested.backend().pool().statistics().liveBytes();
    TrainingListener failing =
        new TrainingListener() {
          @Override
          public void epochEnded(Trainer trainer, EpochResult result) {
            throw new IllegalStateException("the listener's own failure");
          }
        };
    try (Module model = Nets.convolutional();
        Trainer trainer = Nets.trainer(model, tested.backend()).listener(failing).build()) {
      assertThatThrownBy(() -> trainer.fit(Nets.digits(64).batches(8), null, 1))
          .hasMessage("the listener's own failure");
    }
    assertThat(tested.backend().pool().statistics().liveBytes()).isEqualTo(before);
  }
}
