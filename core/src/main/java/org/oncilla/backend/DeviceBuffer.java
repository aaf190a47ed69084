package org.oncilla.backend;

/**
 * A block of memory that one backend's kernels can read and write: a Java array, a {@code cl_mem},
 * ….
 *
 * <p>Each backend extends this class with its own handle. Buffers are handed out and taken back by
 * {@link MemoryPool}; their contents are undefined when they are acquired.
 */
public abstract class DeviceBuffer {
  private final DType type;
  private final int capacity;

  /**
   * @param type element type
   * @param capacity number of elements, at least 1
   */
  protected DeviceBuffer(DType type, int capacity) {
    this.type = type;
    this.capacity = capacity;
  }

  /** The element type. */
  public final DType type() {
    return type;
  }

  /** Number of elements this buffer can hold. */
  public final int capacity() {
    return capacity;
  }

  /** Size in bytes. */
  public final long bytes() {
    return (long) capacity * type.bytes();
  }
}
