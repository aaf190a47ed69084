package org.oncilla.tests.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.backend.OutOfDeviceMemoryException;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.reference.ReferenceBackend;

/** Every operation under every memory budget that is too small for it. */
class OutOfMemoryTest {
  /** The smallest block that the pool hands out in double precision. */
  private static final int BLOCK = 32 * Double.BYTES;

  @ParameterizedTest(name = "{0}")
  @MethodSource("org.oncilla.tests.tensor.OperationCases#single")
  void aForwardThatRunsOutOfMemoryLeavesNothing(OperationCase operation) {
    long needed = peak(operation, false);
    long step = Math.max(BLOCK, needed / 40 / BLOCK * BLOCK);
    for (long budget = inputBytes(operation); budget < needed; budget += step) {
      try (Backend backend = new ReferenceBackend(budget)) {
        Tensor[] leaves = operation.leavesOn(backend);
        long before = live(backend);
        try (Tensor result = operation.call().on(leaves)) {
          assertThat(needed - budget)
              .as("a success below the peak, which counts whole size classes of up to two buffers")
              .isLessThanOrEqualTo(needed / 8 + 2 * BLOCK);
        } catch (OutOfDeviceMemoryException expected) {
          assertThat(live(backend)).as("bytes live with a budget of %d", budget).isEqualTo(before);
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("org.oncilla.tests.tensor.OperationCases#singleDifferentiable")
  void aBackwardThatRunsOutOfMemoryLeavesNothing(OperationCase operation) {
    long forward = peak(operation, false);
    long needed = peak(operation, true);
    long step = Math.max(BLOCK, needed / 40 / BLOCK * BLOCK);
    int failures = 0;
    for (long budget = forward; budget < needed; budget += step) {
      try (Backend backend = new ReferenceBackend(budget)) {
        try (Scope scope = Scope.open()) {
          backward(operation.call().on(operation.leavesOn(backend)));
        } catch (OutOfDeviceMemoryException expected) {
          failures++;
        }
        assertThat(live(backend)).as("bytes live with a budget of %d", budget).isZero();
      }
    }
    // Where backward all but fits into what forward gave back, no budget is too small for it alone.
    if (needed - forward > needed / 8 + 2 * BLOCK) {
      assertThat(failures).as("budgets that were too small").isPositive();
    }
  }

  @Test
  void theMessageNamesWhatWasAskedTheBudgetAndTheOwners() {
    try (Backend backend = new ReferenceBackend(90 * 1024);
        Tensor a = Tensor.zeros(backend, Shape.of(64, 64));
        Tensor b = Tensor.empty(backend, Shape.of(4096), "optimizer state")) {
      assertThatThrownBy(() -> a.matmul(a))
          .isInstanceOf(OutOfDeviceMemoryException.class)
          .hasMessageContaining("out of memory on backend reference")
          .hasMessageContaining("matmul asked for 32.0 KiB")
          .hasMessageContaining("64.0 KiB live and 0 B pooled of a budget of 90.0 KiB")
          .hasMessageContaining("a tensor of shape [64, 64] 32.0 KiB")
          .hasMessageContaining("optimizer state 32.0 KiB")
          .hasMessageContaining("use a smaller batch")
          .hasMessageContaining("-Doncilla.memory.budget");
      b.close();
      try (Tensor product = a.matmul(a)) {
        assertThat(product.toDoubleArray()).as("once there is room").containsOnly(0);
      }
    }
  }

  @Test
  void aScopeThatHoldsManyTensorsIsNamedAndOneOfFewIsNot() {
    try (Backend backend = new ReferenceBackend(90 * 1024)) {
      assertThatThrownBy(() -> hoard(backend, 32))
          .isInstanceOf(OutOfDeviceMemoryException.class)
          .hasMessageContaining("out of memory on backend reference")
          .hasMessageContaining("use a smaller batch")
          .hasMessageEndingWith(
              "; the innermost Scope of this thread holds 360 tensors: if a loop made them, open a"
                  + " Scope within the loop, so that each pass frees its own");
      assertThatThrownBy(() -> hoard(backend, 3200))
          .isInstanceOf(OutOfDeviceMemoryException.class)
          .hasMessageEndingWith("-Doncilla.memory.budget");
      assertThat(live(backend)).isZero();
    }
  }

  /** Fills a scope, but for what is closed or escapes, which no scope within a loop would free. */
  private static void hoard(Backend backend, int length) {
    try (Scope scope = Scope.open()) {
      for (int i = 0; i < 300; i++) {
        Tensor.zeros(backend, Shape.of(length)).close();
        Scope.escape(Tensor.zeros(backend, Shape.of(length))).close();
      }
      while (true) {
        Tensor.zeros(backend, Shape.of(length));
      }
    }
  }

  @Test
  void pooledMemoryOfOtherSizesMakesRoom() {
    try (Backend backend = new ReferenceBackend(64 * 1024)) {
      for (int size = 1000; size < 8000; size += 500) {
        Tensor.zeros(backend, Shape.of(size)).close();
        assertThat(backend.pool().statistics().peakBytes()).isLessThanOrEqualTo(64 * 1024);
      }
    }
  }

  private static long inputBytes(OperationCase operation) {
    try (Backend backend = new ReferenceBackend()) {
      operation.inputsOn(backend);
      return live(backend);
    }
  }

  /** A budget that is enough, with nothing given back to the device in between. */
  private static long peak(OperationCase operation, boolean backward) {
    try (Backend backend = new ReferenceBackend();
        Scope scope = Scope.open()) {
      Tensor result = operation.call().on(operation.leavesOn(backend));
      if (backward) {
        backward(result);
      }
      return backend.pool().statistics().peakBytes();
    }
  }

  private static void backward(Tensor result) {
    try (Tensor ones = Tensor.full(result.backend(), result.shape(), 1)) {
      result.backward(ones);
    }
  }

  private static long live(Backend backend) {
    return backend.pool().statistics().liveBytes();
  }
}
