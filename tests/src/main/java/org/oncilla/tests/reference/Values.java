package org.oncilla.tests.reference;

import org.oncilla.backend.Span;

/** The elements of a checked span of values, counted from its start. */
final class Values {
  private final double[] array;
  private final int offset;

  private Values(double[] array, int offset) {
    this.array = array;
    this.offset = offset;
  }

  /** The values of a span. */
  static Values of(Span span) {
    return new Values(ReferenceBuffer.values(span), span.offset());
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
