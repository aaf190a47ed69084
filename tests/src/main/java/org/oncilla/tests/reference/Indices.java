package org.oncilla.tests.reference;

import org.oncilla.backend.DType;
import org.oncilla.backend.Span;
import org.oncilla.backend.SpanChecks;

/** The elements of a checked span of indices, counted from its start. */
final class Indices {
  private final int[] array;
  private final int offset;

  private Indices(int[] array, int offset) {
    this.array = array;
    this.offset = offset;
  }

  /** The indices of a span that must hold {@code length} of them. */
  static Indices of(String operation, String argument, Span span, int length) {
    SpanChecks.require(operation, argument, span, DType.INT32, length);
    return new Indices(ReferenceBuffer.indices(span), span.offset());
  }

  int get(int index) {
    return array[offset + index];
  }

  void set(int index, int value) {
    array[offset + index] = value;
  }
}
