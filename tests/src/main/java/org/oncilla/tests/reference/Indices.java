package org.oncilla.tests.reference;

import org.oncilla.backend.Span;

/** The elements of a checked span of indices, counted from its start. */
final class Indices {
  private final int[] array;
  private final int offset;

  private Indices(int[] array, int offset) {
    this.array = array;
    this.offset = offset;
  }

  /** The indices of a span. */
  static Indices of(Span span) {
    return new Indices(ReferenceBuffer.indices(span), span.offset());
  }

  int get(int index) {
    return array[offset + index];
  }

  void set(int index, int value) {
    array[offset + index] = value;
  }
}
