package org.oncilla.backend;

/** What {@link ArgumentChecks} demands of a span. */
final class SpanChecks {
  private SpanChecks() {}

  /** Demands that there is one, and returns it. */
  static Span requirePresent(String operation, String argument, Span span) {
    if (span == null) {
      throw new IllegalArgumentException(operation + ": " + argument + " is missing");
    }
    return span;
  }

  /** Demands a type, and returns the span's length. */
  static int requireType(String operation, String argument, Span span, DType type) {
    DType actual = requirePresent(operation, argument, span).type();
    if (actual != type) {
      throw new IllegalArgumentException(
          operation + ": " + argument + " holds " + actual + ", but must hold " + type);
    }
    return span.length();
  }

  /**
   * Demands a type and a length.
   *
   * @param operation the kernel, for the message
   * @param argument the argument's name, for the message
   * @throws IllegalArgumentException naming operation, argument and both values
   */
  static void require(String operation, String argument, Span span, DType type, int length) {
    requireType(operation, argument, span, type);
    if (span.length() != length) {
      throw new IllegalArgumentException(
          operation
              + ": "
              + argument
              + " has "
              + span.length()
              + " elements, but the shape demands "
              + length);
    }
  }

  /**
   * Demands that the strided elements of a copy or a broadcast lie within a span.
   *
   * @param offset first element
   * @throws IllegalArgumentException naming operation, argument and the furthest element
   */
  static void requireStrided(
      String operation, String argument, Span span, int offset, int[] sizes, int[] strides) {
    long first = offset;
    long last = offset;
    for (int axis = 0; axis < sizes.length; axis++) {
      long reach = (long) (sizes[axis] - 1) * strides[axis];
      first += Math.min(reach, 0);
      last += Math.max(reach, 0);
    }
    if (first < 0 || last >= span.length()) {
      throw new IllegalArgumentException(
          operation
              + ": "
              + argument
              + " has "
              + span.length()
              + " elements, but the shape reaches from element "
              + first
              + " to "
              + last);
    }
  }
}
