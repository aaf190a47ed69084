package org.oncilla.backend;

import java.util.Objects;

/**
 * Raw memory of one device and the transfers between it and Java arrays. {@link MemoryPool} is the
 * only caller of {@link #allocate} and {@link #free}.
 *
 * <p>Lengths and types are validated by every implementation before native code sees them: an
 * OpenCL runtime would otherwise write past the end of a Java array.
 */
public interface DeviceMemory {
  /**
   * Allocates a block with undefined contents.
   *
   * @param type element type
   * @param length number of elements, at least 1
   * @throws BackendException if the device refuses
   */
  DeviceBuffer allocate(DType type, int length);

  /** Gives a block back to the device once the work already enqueued on it is done. */
  void free(DeviceBuffer buffer);

  /** Bytes of memory the device has for buffers; the default memory budget derives from it. */
  long capacityBytes();

  /** Largest single allocation in bytes. */
  long maxAllocationBytes();

  /**
   * Copies host values to the device; the array may be changed as soon as the call returns.
   *
   * @param from values, read from {@code fromOffset} on
   * @param fromOffset first element to read
   * @param to where to write; as many elements as its length, of a floating type
   */
  void write(float[] from, int fromOffset, Span to);

  /** Copies host indices to the device; {@code to} is {@link DType#INT32}. */
  void write(int[] from, int fromOffset, Span to);

  /**
   * Waits for the kernels that write {@code from}, then copies its values to the host.
   *
   * @param from what to read, of a floating type
   * @param to receives as many elements as {@code from} has
   * @param toOffset first element to write
   */
  void read(Span from, float[] to, int toOffset);

  /** Waits, then copies indices to the host; {@code from} is {@link DType#INT32}. */
  void read(Span from, int[] to, int toOffset);

  /** Like {@link #write(float[], int, Span)}, rounding where the device holds single precision. */
  default void write(double[] from, int fromOffset, Span to) {
    Objects.checkFromIndexSize(fromOffset, to.length(), from.length);
    float[] rounded = new float[to.length()];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) from[fromOffset + i];
    }
    write(rounded, 0, to);
  }

  /** Like {@link #read(Span, float[], int)}, in double precision where the device has it. */
  default void read(Span from, double[] to, int toOffset) {
    Objects.checkFromIndexSize(toOffset, from.length(), to.length);
    float[] values = new float[from.length()];
    read(from, values, 0);
    for (int i = 0; i < values.length; i++) {
      to[toOffset + i] = values[i];
    }
  }
}
