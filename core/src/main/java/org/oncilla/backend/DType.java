package org.oncilla.backend;

/**
 * The element types a {@link DeviceBuffer} can hold.
 *
 * <p>Values are {@link #FLOAT32} on the device backends, indices and class labels are {@link
 * #INT32}. {@link #FLOAT64} exists for the reference backend, which computes every kernel in double
 * precision.
 */
public enum DType {
  /** IEEE 754 binary32. */
  FLOAT32(4),
  /** IEEE 754 binary64; offered by the reference backend only. */
  FLOAT64(8),
  /** Two's complement 32-bit integers: indices and class labels. */
  INT32(4);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Size of one element in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Whether this type holds values (as opposed to indices). */
  public boolean isFloating() {
    return this != INT32;
  }
}
