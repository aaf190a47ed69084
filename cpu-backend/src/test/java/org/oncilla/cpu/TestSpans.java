package org.oncilla.cpu;

import java.util.Random;
import org.oncilla.backend.DType;
import org.oncilla.backend.Span;

/** Buffers for tests: random values in the middle of a larger block. */
final class TestSpans {
  private static final int MARGIN = 3;

  private final Random random;

  TestSpans(long seed) {
    random = new Random(seed);
  }

  Span values(int length) {
    CpuBuffer buffer = new CpuBuffer(DType.FLOAT32, length + 2 * MARGIN);
    Span all = new Span(buffer, 0, buffer.capacity());
    float[] values = CpuBuffer.floats(all);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return new Span(buffer, MARGIN, length);
  }

  static float at(Span span, int index) {
    return CpuBuffer.floats(span)[span.offset() + index];
  }

  static float[] copy(Span span) {
    float[] values = new float[span.length()];
    System.arraycopy(CpuBuffer.floats(span), span.offset(), values, 0, values.length);
    return values;
  }

  /** The values around a span, which a kernel must leave alone. */
  static float[] margins(Span span) {
    float[] values = CpuBuffer.floats(span);
    float[] margins = new float[2 * MARGIN];
    System.arraycopy(values, 0, margins, 0, MARGIN);
    System.arraycopy(values, values.length - MARGIN, margins, MARGIN, MARGIN);
    return margins;
  }
}
