package org.oncilla.tensor;

import org.oncilla.backend.IndexingKernels;

/**
 * The smallest and largest index or label of a tensor, remembered on the host when it is made, so
 * that one out of range is found without waiting for the device. The second smallest and largest
 * are remembered too, because one value may be allowed to lie outside of the range: the label that
 * a loss ignores.
 *
 * @param low a lower bound
 * @param nextLow a lower bound of the values other than {@code low}
 * @param nextHigh an upper bound of the values other than {@code high}
 * @param high an upper bound
 */
record LabelRange(int low, int nextLow, int nextHigh, int high) {
  static LabelRange of(int[] values) {
    int low = Integer.MAX_VALUE;
    int high = Integer.MIN_VALUE;
    for (int value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    int nextLow = high;
    int nextHigh = low;
    for (int value : values) {
      nextLow = value > low ? Math.min(nextLow, value) : nextLow;
      nextHigh = value < high ? Math.max(nextHigh, value) : nextHigh;
    }
    return new LabelRange(low, nextLow, nextHigh, high);
  }

  /** Values that are known to be in 0 … bound − 1. */
  static LabelRange below(int bound) {
    return new LabelRange(0, 0, bound - 1, bound - 1);
  }

  /**
   * Demands indices in 0 … bound − 1, and reads the device only in doubt.
   *
   * @param operation its name, for the message
   * @param noun what an index is called there
   * @param ignored a value that may be anywhere, or {@link IndexingKernels#NONE}
   * @param range what 0 … bound − 1 are, for the message
   */
  static void require(
      String operation, String noun, Tensor indices, int bound, int ignored, String range) {
    LabelRange known = indices.labels();
    if (known != null && known.within(bound, ignored)) {
      return;
    }
    int[] values = indices.toIntArray();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != ignored && (values[i] < 0 || values[i] >= bound)) {
        throw new IllegalArgumentException(
            operation
                + ": "
                + noun
                + " "
                + values[i]
                + place(i, indices.shape())
                + " is not in 0 … "
                + (bound - 1)
                + ", "
                + range);
      }
    }
  }

  private boolean within(int bound, int ignored) {
    int smallest = low == ignored ? nextLow : low;
    int largest = high == ignored ? nextHigh : high;
    return low == high && low == ignored || smallest >= 0 && largest < bound;
  }

  private static String place(int position, Shape shape) {
    if (shape.rank() == 1) {
      return " of row " + position;
    }
    int[] strides = shape.strides();
    StringBuilder place = new StringBuilder(" at [");
    int rest = position;
    for (int axis = 0; axis < strides.length; axis++) {
      place.append(axis == 0 ? "" : ", ").append(rest / strides[axis]);
      rest %= strides[axis];
    }
    return place.append("]").toString();
  }
}
