package org.oncilla.opencl;

import org.oncilla.backend.BroadcastShape;

/** Axes as kernels take them: always the largest rank, with axes of size 1 in front. */
final class StridedAxes {
  private StridedAxes() {}

  /** Appends a divisor per axis. */
  static void appendSizes(KernelStruct struct, int[] sizes) {
    for (int axis = sizes.length; axis < BroadcastShape.MAX_RANK; axis++) {
      struct.divisor(1);
    }
    for (int size : sizes) {
      struct.divisor(size);
    }
  }

  /** Appends a stride per axis. */
  static void appendStrides(KernelStruct struct, int[] strides) {
    struct.ints(new int[BroadcastShape.MAX_RANK - strides.length]).ints(strides);
  }
}
