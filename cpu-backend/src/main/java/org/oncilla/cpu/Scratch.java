package org.oncilla.cpu;

import org.oncilla.backend.BackendException;

/**
 * Arrays that kernels use for packed operands and intermediate sums, kept by each thread from one
 * call to the next so that a training loop allocates nothing. Contents are undefined.
 *
 * <p>Kernels that call other kernels' code must use different slots than those.
 */
final class Scratch {
  /** What an array is for. */
  enum Slot {
    /** The left operand of a matrix product, shared by all threads. */
    PACKED_LEFT,
    /** The right operand of a matrix product, shared by all threads. */
    PACKED_RIGHT,
    /** A tile on the edge of a matrix product. */
    EDGE_TILE,
    /** Padded input images of a convolution, shared by all threads. */
    IMAGES,
    /** Padded output gradients of a convolution, shared by all threads. */
    GRADIENTS,
    /** Packed weights, shared by all threads. */
    WEIGHTS,
    /** Output rows of a convolution before they are stored. */
    ROWS,
    /** Sums of one share of the batch, shared by all threads. */
    PARTIAL_SUMS,
    /** Means, scales and what else a normalization multiplies by, shared by all threads. */
    COEFFICIENTS,
    /** One block of an element-wise function. */
    BLOCK,
    /** A second block. */
    OTHER_BLOCK
  }

  private final ThreadLocal<float[][]> arrays =
      ThreadLocal.withInitial(() -> new float[Slot.values().length][]);

  /** The calling thread's array for a use, at least {@code length} long. */
  float[] floats(Slot slot, long length) {
    float[][] mine = arrays.get();
    float[] array = mine[slot.ordinal()];
    if (array == null || array.length < length) {
      mine[slot.ordinal()] = null;
      array = allocate(slot, length);
      mine[slot.ordinal()] = array;
    }
    return array;
  }

  private static float[] allocate(Slot slot, long length) {
    if (length > Integer.MAX_VALUE - 8) {
      throw new BackendException(
          "a kernel needs "
              + length
              + " floats of scratch memory for "
              + slot
              + ", too many for an array");
    }
    try {
      return new float[(int) length];
    } catch (OutOfMemoryError full) {
      throw new BackendException(
          "the Java heap has no room for "
              + length * Float.BYTES
              + " bytes of scratch memory ("
              + slot
              + "); raise -Xmx or use a smaller batch",
          full);
    }
  }
}
