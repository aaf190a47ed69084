package org.oncilla.opencl;

import java.util.Arrays;

/**
 * The bytes of a kernel's struct argument, in the order of its fields. All fields are 32-bit
 * integers, so there is no padding on any device.
 */
final class KernelStruct {
  private int[] values = new int[16];
  private int length;

  /** Appends ints. */
  KernelStruct ints(int... more) {
    if (length + more.length > values.length) {
      values = Arrays.copyOf(values, Math.max(2 * values.length, length + more.length));
    }
    System.arraycopy(more, 0, values, length, more.length);
    length += more.length;
    return this;
  }

  /** Appends a flag, 0 or 1. */
  KernelStruct flag(boolean value) {
    return ints(value ? 1 : 0);
  }

  /** Appends a {@code Divisor}. */
  KernelStruct divisor(int value) {
    return ints(divisorOf(value));
  }

  /** The fields. */
  int[] toArray() {
    return Arrays.copyOf(values, length);
  }

  /**
   * A divisor d for numerators below 2<sup>31</sup>: d, multiplier and shift, such that n / d = (⌊n
   * · multiplier / 2<sup>32</sup>⌋ + n) ≫ shift (Granlund and Montgomery, "Division by Invariant
   * Integers using Multiplication", PLDI 1994).
   */
  static int[] divisorOf(int value) {
    int shift = 32 - Integer.numberOfLeadingZeros(value - 1);
    long multiplier = ((1L << 32) * ((1L << shift) - value)) / value + 1;
    return new int[] {value, (int) multiplier, shift};
  }
}
