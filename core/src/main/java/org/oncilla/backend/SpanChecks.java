package org.oncilla.backend;

/**
 * The checks every backend makes before a kernel touches memory, so that a wrong length is the same
 * message everywhere and never a crash in native code.
 */
public final class SpanChecks {
  private SpanChecks() {}

  /**
   * Demands a length and a type.
   *
   * @param operation the kernel, for the message
   * @param argument the argument's name, for the message
   * @throws IllegalArgumentException naming operation, argument and both values
   */
  public static void require(String operation, String argument, Span span, DType type, int length) {
    if (span == null) {
      throw new IllegalArgumentException(operation + ": " + argument + " is missing");
    }
    if (span.type() != type) {
      throw new IllegalArgumentException(
          operation + ": " + argument + " holds " + span.type() + ", but must hold " + type);
    }
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
  public static void requireStrided(
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
