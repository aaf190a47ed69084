package org.oncilla.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.oncilla.backend.Backend;
import org.oncilla.backend.DType;
import org.oncilla.backend.DeviceBuffer;
import org.oncilla.backend.Span;

class TransferConformance {
  private static final int CAPACITY = 100;

  @OnEveryBackend(referenceToo = true)
  void values(BackendUnderTest target) {
    Backend backend = target.backend();
    DeviceBuffer buffer = backend.pool().acquire(backend.floatType(), CAPACITY, "transfer");
    try {
      Span whole = new Span(buffer, 0, CAPACITY);
      float[] host = new Cases(91).specials(CAPACITY);
      backend.memory().write(host, 0, whole);
      float[] part = {11, 12, 13, 14, 15, 16, 17};
      backend.memory().write(part, 2, whole.slice(31, 4));
      Arrays.fill(part, -1);
      float[] expected = host.clone();
      System.arraycopy(new float[] {13, 14, 15, 16}, 0, expected, 31, 4);

      float[] back = new float[CAPACITY + 3];
      backend.memory().read(whole, back, 3);
      assertThat(Arrays.copyOfRange(back, 3, CAPACITY + 3)).as("%s", target).isEqualTo(expected);
      assertThat(Arrays.copyOf(back, 3)).as("%s: before the offset", target).containsOnly(0);

      double[] wide = new double[6];
      backend.memory().read(whole.slice(30, 5), wide, 1);
      assertThat(wide).as("%s", target).isEqualTo(new double[] {0, expected[30], 13, 14, 15, 16});
    } finally {
      backend.pool().release(buffer);
    }
  }

  @OnEveryBackend(referenceToo = true)
  void doublesAreRounded(BackendUnderTest target) {
    Backend backend = target.backend();
    try (Scratch scratch = new Scratch(backend)) {
      Span span = scratch.values(3);
      backend.memory().write(new double[] {9, 1.0 / 3, -1e-3, Math.PI}, 1, span);
      assertThat(scratch.read(span))
          .as("%s", target)
          .containsExactly((float) (1.0 / 3), (float) -1e-3, (float) Math.PI);
    }
  }

  @OnEveryBackend(referenceToo = true)
  void indices(BackendUnderTest target) {
    Backend backend = target.backend();
    DeviceBuffer buffer = backend.pool().acquire(DType.INT32, CAPACITY, "transfer");
    try {
      Span whole = new Span(buffer, 0, CAPACITY);
      int[] host = new Cases(92).indices(CAPACITY, Integer.MAX_VALUE);
      host[0] = Integer.MIN_VALUE;
      backend.memory().write(host, 0, whole);
      backend.memory().write(new int[] {7, 8, 9}, 1, whole.slice(50, 2));
      host[50] = 8;
      host[51] = 9;
      int[] back = new int[CAPACITY + 1];
      backend.memory().read(whole, back, 1);
      assertThat(Arrays.copyOfRange(back, 1, CAPACITY + 1)).as("%s", target).isEqualTo(host);
    } finally {
      backend.pool().release(buffer);
    }
  }

  /** A buffer may be given back while kernels that use it are still under way. */
  @OnEveryBackend(referenceToo = true)
  void releasedWhileKernelsRun(BackendUnderTest target) {
    Backend backend = target.backend();
    try (Scratch scratch = new Scratch(backend)) {
      Span sum = scratch.values(50_000);
      backend.elementwise().fill(sum, 0);
      for (int i = 1; i <= 40; i++) {
        DeviceBuffer passing = backend.pool().acquire(backend.floatType(), 50_000, "passing");
        Span term = new Span(passing, 0, 50_000);
        backend.elementwise().fill(term, i);
        backend.elementwise().affine(term, 1, 0, sum, true);
        backend.pool().release(passing);
      }
      assertThat(scratch.read(sum)).as("%s", target).containsOnly(820);
    }
  }

  @OnEveryBackend(referenceToo = true)
  void poolGivesEverythingBack(BackendUnderTest target) {
    Backend backend = target.backend();
    long liveBefore = backend.pool().statistics().liveBytes();
    DeviceBuffer buffer = backend.pool().acquire(backend.floatType(), 100_000, "trimmed");
    assertThat(backend.pool().statistics().liveBytes())
        .as("%s", target)
        .isEqualTo(liveBefore + buffer.bytes());
    backend.pool().release(buffer);
    backend.pool().trim();
    assertThat(backend.pool().statistics().pooledBytes()).as("%s", target).isZero();
    assertThat(backend.pool().statistics().liveBytes()).as("%s", target).isEqualTo(liveBefore);
  }
}
