package org.oncilla.cpu;

/** Divisions that round up; exact up to the largest int. */
final class Ceil {
  private Ceil() {}

  /**
   * ⌈a / b⌉.
   *
   * @param a at least 0
   * @param b at least 1
   */
  static int div(int a, int b) {
    // Not (a + b - 1) / b, whose sum is negative near the largest int.
    return a / b + (a % b == 0 ? 0 : 1);
  }

  /**
   * The smallest multiple of b that is not less than a.
   *
   * @param a at least 0
   * @param b at least 1
   * @throws ArithmeticException if it is no int
   */
  static int multiple(int a, int b) {
    return Math.multiplyExact(div(a, b), b);
  }
}
