package org.oncilla.backend;

/**
 * A contiguous range of elements in a {@link DeviceBuffer}: what kernels read and write. Tensors
 * that are views of one storage differ in their span only.
 *
 * @param buffer the memory
 * @param offset index of the first element
 * @param length number of elements
 */
public record Span(DeviceBuffer buffer, int offset, int length) {
  /** Checks that the range lies within the buffer. */
  public Span {
    if (offset < 0 || length < 0 || length > buffer.capacity() - offset) {
      throw new IndexOutOfBoundsException(
          "span of "
              + length
              + " elements at "
              + offset
              + " exceeds a buffer of "
              + buffer.capacity());
    }
  }

  /** The element type. */
  public DType type() {
    return buffer.type();
  }

  /**
   * A range within this one.
   *
   * @param from first element, counted from the start of this span
   * @param count number of elements
   * @throws IndexOutOfBoundsException if the range does not lie within this span
   */
  public Span slice(int from, int count) {
    if (from < 0 || count < 0 || count > length - from) {
      throw new IndexOutOfBoundsException(
          "slice of " + count + " elements at " + from + " exceeds a span of " + length);
    }
    return new Span(buffer, offset + from, count);
  }
}
