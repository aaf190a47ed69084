package org.oncilla.tensor;

/**
 * The smallest and largest label of an index tensor, remembered on the host when it is made, so
 * that a label out of range is found without waiting for the device.
 *
 * @param low a lower bound
 * @param high an upper bound
 */
record LabelRange(int low, int high) {
  static LabelRange of(int[] values) {
    int low = Integer.MAX_VALUE;
    int high = Integer.MIN_VALUE;
    for (int value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return new LabelRange(low, high);
  }

  boolean within(int classes) {
    return low >= 0 && high < classes;
  }
}
