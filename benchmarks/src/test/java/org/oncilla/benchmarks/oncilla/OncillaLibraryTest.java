package org.oncilla.benchmarks.oncilla;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.GemmShape;
import org.oncilla.benchmarks.workload.DeviceCalls;
import org.oncilla.benchmarks.workload.RandomValues;
import org.oncilla.benchmarks.workload.Task;
import org.oncilla.benchmarks.workload.Workload;
import org.oncilla.benchmarks.workload.Workloads;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

class OncillaLibraryTest {
  private static Backend backend;

  @BeforeAll
  static void open() {
    backend = Backends.open("cpu");
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  @Test
  void aResetTrainingRepeatsItsLossesAndTheyFall() {
    try (Task task = OncillaLibrary.open(backend, Workloads.named("train/lenet5/b64/sgd"))) {
      double[] first = losses(task);
      task.reset();
      assertThat(losses(task)).isEqualTo(first);
      assertThat(first[first.length - 1]).isLessThan(first[0]);
    }
  }

  private static double[] losses(Task task) {
    double[] losses = new double[5];
    for (int i = 0; i < losses.length; i++) {
      task.step();
      losses[i] = task.value();
    }
    return losses;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train/mlp_4096_100_20_10/b64/sgd",
        "train/resnet20/b32/sgd",
        "infer/lenet5/batch",
        "gemm/64,10,84",
        "conv_fwdbwd/64B_6x14_16_k5_s1_p0"
      })
  void tasksLeaveNothingBehindAndAllocateOnce(String name) {
    int before = backend.pool().statistics().liveBuffers();
    try (Task task = OncillaLibrary.open(backend, Workloads.named(name))) {
      task.step();
      task.step();
      long allocations = backend.pool().statistics().allocations();
      for (int i = 0; i < 5; i++) {
        task.step();
      }
      assertThat(backend.pool().statistics().allocations()).isEqualTo(allocations);
      assertThat(task.value()).isFinite().isPositive();
    }
    assertThat(backend.pool().statistics().liveBuffers()).isEqualTo(before);
  }

  @Test
  void aProductIsThatOfTheDefinition() {
    float[] a = RandomValues.inputs(64 * 84, 0);
    float[] b = RandomValues.inputs(84 * 10, 1);
    double sum = 0;
    for (int i = 0; i < 64; i++) {
      for (int j = 0; j < 10; j++) {
        double element = 0;
        for (int k = 0; k < 84; k++) {
          element += (double) a[i * 84 + k] * b[k * 10 + j];
        }
        sum += element * element;
      }
    }
    try (Task task = OncillaLibrary.open(backend, Workloads.named("gemm/64,10,84"))) {
      task.step();
      assertThat(task.value())
          .isCloseTo(sum / 640, org.assertj.core.data.Percentage.withPercentage(0.001));
    }
  }

  @Test
  void callsAreCounted() {
    assertThat(calls("gemm/64,10,84")).isEqualTo(new DeviceCalls(1, 0, 0));
    assertThat(calls("conv_fwd/64B_6x14_16_k5_s1_p0")).isEqualTo(new DeviceCalls(1, 0, 0));
    // three layers with their activations, and the logits
    assertThat(calls("infer/mlp_784_512_256_10/batch")).isEqualTo(new DeviceCalls(3, 1, 0));
  }

  @Test
  void aTrainingStepOfLeNetTakesFortyCallsAtMostAndReadsTheLossAlone() {
    DeviceCalls calls = calls("train/lenet5/b64/sgd");
    assertThat(calls.kernels()).isBetween(20, 40);
    assertThat(calls.reads()).isEqualTo(1);
    assertThat(calls.writes()).isZero();
  }

  private static DeviceCalls calls(String name) {
    Workload workload = Workloads.named(name);
    CountingBackend counting = new CountingBackend(backend);
    try (Task task = OncillaLibrary.open(counting.backend(), workload)) {
      task.step();
      counting.clear();
      task.step();
      return counting.calls();
    }
  }

  @Test
  void aCountedBackendFailsAsItself() {
    Backend counted = new CountingBackend(backend).backend();
    try (Tensor a = Tensor.zeros(counted, Shape.of(2, 3));
        Tensor b = Tensor.zeros(counted, Shape.of(2, 3))) {
      assertThatThrownBy(() -> a.matmul(b)).isInstanceOf(IllegalArgumentException.class);
      GemmShape tooLarge = GemmShape.of(5, 5, 5, false, false);
      assertThatThrownBy(
              () -> counted.matmul().gemm(tooLarge, a.span(), b.span(), a.span(), Epilogue.NONE))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
