package org.oncilla.tests.reference;

import org.oncilla.backend.DType;
import org.oncilla.backend.Span;
import org.oncilla.backend.SpanChecks;

/** The elements of a checked span of values, counted from its start. */
final class Values {
  private final double[] array;
  private final int offset;

  private Values(double[] array, int offset) {
    this.array = array;
    this.offset = offset;
  }

  /** The values of a span that must hold {@code length} of them. */
  static Values of(String operation, String argument, Span span, int length) {
    SpanChecks.require(operation, argument, span, DType.FLOAT64, length);
    return new Values(ReferenceBuffer.values(span), span.offset());
  }

  /** The values of a span that an index space reaches into. */
  static Values strided(String operation, String argument, Span span, int[] sizes, int[] strides) {
    SpanChecks.requireStrided(operation, argument, span, 0, sizes, strides);
    return of(operation, argument, span, span.length());
  }

  double get(int index) {
    return array[offset + index];
  }

  void set(int index, double value) {
    array[offset + index] = value;
  }

  void add(int index, double value) {
    array[offset + index] += value;
  }

  /** Overwrites, or adds where {@code accumulate}. */
  void store(int index, double value, boolean accumulate) {
    if (accumulate) {
      add(index, value);
    } else {
      set(index, value);
    }
  }
}
