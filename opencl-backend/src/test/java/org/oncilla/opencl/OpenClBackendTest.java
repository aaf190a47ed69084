package org.oncilla.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.oncilla.backend.BackendException;
import org.oncilla.backend.DType;
import org.oncilla.backend.DeviceBuffer;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.OutOfDeviceMemoryException;
import org.oncilla.backend.Span;

/** What would end the JVM or corrupt its heap if it reached native code. */
class OpenClBackendTest {
  private OpenClBackend backend;

  @BeforeEach
  void open() {
    backend = TestDevice.open();
  }

  @AfterEach
  void close() {
    if (backend != null) {
      backend.close();
    }
  }

  @Test
  void wrongLengthsAreRefusedAndTheBackendGoesOn() {
    Span two = TestDevice.values(backend, 1, 2);
    refused(
        () -> backend.memory().read(two, new float[1], 0),
        "read: the span has 2 elements",
        "array of 1");
    refused(() -> backend.memory().read(two, new float[9], 8), "read", "array of 9 from 8 on");
    refused(() -> backend.memory().write(new float[3], -1, two), "write");
    refused(
        () -> backend.memory().write(new int[2], 0, two),
        "write: span holds FLOAT32, but must hold INT32");
    refused(() -> backend.memory().write((float[]) null, 0, two), "write: the array is missing");
    GemmShape shape = GemmShape.of(2, 2, 2, false, false);
    refused(
        () -> backend.matmul().gemm(shape, two, two, two, Epilogue.NONE),
        "gemm: a has 2 elements, but the shape demands 4");
    assertThat(TestDevice.read(backend, two)).containsExactly(1, 2);
  }

  private static void refused(ThrowingCallable call, String... texts) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(texts);
  }

  @Test
  void useAfterCloseIsSaid() {
    Span span = TestDevice.values(backend, 1, 2);
    backend.elementwise().fill(span, 3);
    backend.close();
    List<ThrowingCallable> uses =
        List.of(
            () -> backend.elementwise().fill(span, 4),
            () ->
                backend
                    .matmul()
                    .gemm(
                        GemmShape.of(1, 1, 2, false, false),
                        span,
                        span,
                        span.slice(0, 1),
                        Epilogue.NONE),
            () -> backend.memory().read(span, new float[2], 0),
            () -> backend.memory().write(new float[2], 0, span),
            () -> backend.memory().allocate(DType.FLOAT32, 8),
            () -> backend.synchronize());
    for (ThrowingCallable use : uses) {
      assertThatThrownBy(use)
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("was closed");
    }
    assertThatCode(backend::close).as("closing twice").doesNotThrowAnyException();
  }

  @Test
  void useAfterFreeIsSaid() {
    DeviceBuffer buffer = backend.memory().allocate(DType.FLOAT32, 4);
    Span span = new Span(buffer, 0, 4);
    backend.memory().free(buffer);
    assertThatThrownBy(() -> backend.elementwise().fill(span, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("fill: a buffer of 16 bytes was used after it was freed");
    assertThatThrownBy(() -> backend.memory().read(span, new float[4], 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("freed");
    assertThatThrownBy(() -> backend.memory().free(buffer))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("freed before");
  }

  /** The driver keeps the memory until the kernel that writes it is done. */
  @Test
  void freeingWhatAKernelStillWritesIsSafe() {
    int n = 256;
    Span a = TestDevice.values(backend, n * n);
    backend.elementwise().fill(a, 1);
    Span sum = TestDevice.values(backend, n * n);
    for (int i = 0; i < 20; i++) {
      DeviceBuffer buffer = backend.memory().allocate(DType.FLOAT32, n * n);
      Span c = new Span(buffer, 0, n * n);
      backend.matmul().gemm(GemmShape.of(n, n, n, false, false), a, a, c, Epilogue.NONE);
      backend.elementwise().affine(c, 1, 0, sum, i > 0);
      backend.memory().free(buffer);
    }
    assertThat(TestDevice.read(backend, sum)).containsOnly(20 * n);
  }

  @Test
  void buffersOfAnotherBackendAreRefused() {
    try (OpenClBackend other = TestDevice.open()) {
      Span foreign = TestDevice.values(other, 1, 2);
      assertThatThrownBy(() -> backend.elementwise().fill(foreign, 1))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("fill: a buffer belongs to another backend");
      assertThatThrownBy(() -> backend.memory().free(foreign.buffer()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("another device's");
    }
  }

  @Test
  void moreMemoryThanThereIsIsRefused() {
    long most = Math.min(backend.memory().maxAllocationBytes(), backend.memory().capacityBytes());
    if (most / Float.BYTES < Integer.MAX_VALUE) {
      int tooMany = (int) (most / Float.BYTES) + 1;
      assertThatThrownBy(() -> backend.memory().allocate(DType.FLOAT32, tooMany))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("largest single buffer");
      assertThatThrownBy(() -> backend.pool().acquire(DType.FLOAT32, tooMany, "test"))
          .isInstanceOf(OutOfDeviceMemoryException.class)
          .hasMessageContaining("test asked for");
    }
    assertThatThrownBy(() -> backend.memory().allocate(DType.FLOAT64, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("FLOAT64");
    Span span = TestDevice.values(backend, 5);
    backend.elementwise().fill(span, 2);
    assertThat(TestDevice.read(backend, span)).containsOnly(2);
  }

  @Test
  void theArrayMayBeChangedAsSoonAsAWriteReturns() {
    float[] host = new float[100_000];
    Span target = TestDevice.values(backend, host.length);
    Span kept = TestDevice.values(backend, host.length);
    backend.elementwise().fill(kept, 0);
    for (int round = 1; round <= 20; round++) {
      java.util.Arrays.fill(host, round);
      backend.memory().write(host, 0, target);
      java.util.Arrays.fill(host, -1);
      backend.elementwise().affine(target, 1, 0, kept, true);
    }
    assertThat(TestDevice.read(backend, kept)).containsOnly(210);
  }

  /** More writes than there are slots, while a kernel in front of them still runs. */
  @Test
  void writesKeepTheirPlaceBehindWorkThatTakesLong() {
    int n = 512;
    Span a = TestDevice.values(backend, n * n);
    backend.elementwise().fill(a, 1);
    Span c = TestDevice.values(backend, n * n);
    Span value = TestDevice.values(backend, 1);
    Span sum = TestDevice.values(backend, 1);
    for (int round = 1; round <= 30; round++) {
      backend.matmul().gemm(GemmShape.of(n, n, n, false, false), a, a, c, Epilogue.NONE);
      backend.memory().write(new float[] {round}, 0, value);
      backend.elementwise().affine(value, 1, 0, sum, round > 1);
    }
    assertThat(TestDevice.read(backend, sum)).containsExactly(465);
  }

  /** Longer than one piece of staging memory, at odd offsets on both sides. */
  @Test
  void longTransfersAreWholeAndInPlace() {
    int length = 3_000_001;
    float[] host = new float[length + 7];
    for (int i = 0; i < host.length; i++) {
      host[i] = i;
    }
    Span whole = TestDevice.values(backend, length + 5);
    backend.elementwise().fill(whole, -1);
    backend.memory().write(host, 7, whole.slice(3, length));
    float[] back = new float[length + 9];
    backend.memory().read(whole.slice(2, length + 2), back, 4);
    assertThat(back[4]).isEqualTo(-1);
    assertThat(back[length + 5]).isEqualTo(-1);
    for (int i = 0; i < length; i++) {
      if (back[5 + i] != i + 7) {
        assertThat(back[5 + i]).as("element %d", i).isEqualTo(i + 7);
      }
    }
  }

  @Test
  void scratchMemoryGoesBackToThePoolAndIsReused() {
    GemmShape deep = GemmShape.of(3, 5, 20_000, false, false);
    Span a = TestDevice.values(backend, 3 * 20_000);
    Span b = TestDevice.values(backend, 5 * 20_000);
    Span c = TestDevice.values(backend, 15);
    backend.elementwise().fill(a, 1);
    backend.elementwise().fill(b, 0.5);
    backend.matmul().gemm(deep, a, b, c, Epilogue.NONE);
    long allocations = backend.pool().statistics().allocations();
    int live = backend.pool().statistics().liveBuffers();
    for (int i = 0; i < 10; i++) {
      backend.matmul().gemm(deep, a, b, c, Epilogue.NONE);
    }
    assertThat(backend.pool().statistics().allocations()).isEqualTo(allocations);
    assertThat(backend.pool().statistics().liveBuffers()).isEqualTo(live);
    assertThat(TestDevice.read(backend, c)).containsOnly(10_000);
  }
}
