package org.oncilla.cpu.vector;

import static org.oncilla.cpu.vector.VectorMath.LANES;

/**
 * Sums over the lanes of a register that was stored to an array, in an order of their own. {@code
 * FloatVector.reduceLanes} leaves the order open, and JDK 25 takes another one in compiled code
 * than in interpreted code: the same training would give other bits, depending on when the compiler
 * was done. Halving is exact to repeat and short.
 */
final class LaneSums {
  private LaneSums() {}

  /** The sum of {@code LANES} elements, which may be overwritten. */
  static float sum(float[] lanes, int offset) {
    return LANES == 16 ? sumOf16(lanes, offset) : halve(lanes, offset);
  }

  /** The same tree as {@link #halve}, written out: its additions wait for nothing in memory. */
  private static float sumOf16(float[] l, int o) {
    float even = (l[o] + l[o + 8]) + (l[o + 4] + l[o + 12]);
    even += (l[o + 2] + l[o + 10]) + (l[o + 6] + l[o + 14]);
    float odd = (l[o + 1] + l[o + 9]) + (l[o + 5] + l[o + 13]);
    odd += (l[o + 3] + l[o + 11]) + (l[o + 7] + l[o + 15]);
    return even + odd;
  }

  private static float halve(float[] lanes, int offset) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[offset + i] += lanes[offset + i + half];
      }
    }
    return lanes[offset];
  }
}
