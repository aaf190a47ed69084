package org.oncilla.tests.reference;

import java.util.Arrays;
import org.oncilla.backend.DType;
import org.oncilla.backend.DeviceBuffer;
import org.oncilla.backend.Span;

/**
 * A Java array: {@code double[]} for values, {@code int[]} for indices. A fresh buffer holds NaN or
 * the smallest integer, so that whoever reads undefined contents notices.
 */
final class ReferenceBuffer extends DeviceBuffer {
  private double[] values;
  private int[] indices;

  ReferenceBuffer(DType type, int capacity) {
    super(type, capacity);
    if (type == DType.INT32) {
      indices = new int[capacity];
      Arrays.fill(indices, Integer.MIN_VALUE);
    } else {
      values = new double[capacity];
      Arrays.fill(values, Double.NaN);
    }
  }

  static double[] values(Span span) {
    ReferenceBuffer buffer = of(span.buffer());
    if (buffer.values == null) {
      throw new IllegalStateException("a buffer of the reference backend was used after its free");
    }
    return buffer.values;
  }

  static int[] indices(Span span) {
    ReferenceBuffer buffer = of(span.buffer());
    if (buffer.indices == null) {
      throw new IllegalStateException("a buffer of the reference backend was used after its free");
    }
    return buffer.indices;
  }

  static ReferenceBuffer of(DeviceBuffer buffer) {
    if (buffer instanceof ReferenceBuffer own) {
      return own;
    }
    throw new IllegalArgumentException(
        "a "
            + buffer.getClass().getSimpleName()
            + " belongs to another backend than reference; copy its values with read and write");
  }

  void dispose() {
    values = null;
    indices = null;
  }
}
