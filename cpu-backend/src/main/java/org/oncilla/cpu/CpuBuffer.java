package org.oncilla.cpu;

import org.oncilla.backend.DType;
import org.oncilla.backend.DeviceBuffer;
import org.oncilla.backend.Span;

/** A block of memory on the Java heap: a {@code float[]} or an {@code int[]}. */
final class CpuBuffer extends DeviceBuffer {
  private final float[] floats;
  private final int[] ints;

  CpuBuffer(DType type, int length) {
    super(type, length);
    floats = type == DType.FLOAT32 ? new float[length] : null;
    ints = type == DType.INT32 ? new int[length] : null;
  }

  /** The array behind a span of values, which the caller has checked to hold them. */
  static float[] floats(Span span) {
    return of(span).floats;
  }

  /** The array behind a span of indices, which the caller has checked to hold them. */
  static int[] ints(Span span) {
    return of(span).ints;
  }

  private static CpuBuffer of(Span span) {
    if (span.buffer() instanceof CpuBuffer buffer) {
      return buffer;
    }
    throw new IllegalArgumentException(
        "a "
            + span.buffer().getClass().getSimpleName()
            + " belongs to another backend; copy its values with read and write");
  }
}
