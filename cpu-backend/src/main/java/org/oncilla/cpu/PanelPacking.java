package org.oncilla.cpu;

import java.util.Arrays;

/**
 * Rearranges operands of matrix products into panels: {@code width} rows or columns of the matrix
 * side by side, k-major, so that the inner loop reads memory in one stream. A panel that sticks out
 * of the matrix is filled up with zeros.
 */
final class PanelPacking {
  private static final int DEPTH_BLOCK = 64;

  private PanelPacking() {}

  /**
   * Panels whose members run along k in memory: to[k·width + r] = from[offset + r·stride + k].
   *
   * @param members rows that exist, at most {@code width}
   */
  static void interleave(
      float[] from,
      int offset,
      int stride,
      int members,
      int depth,
      float[] to,
      int toOffset,
      int width) {
    // Blocked along k, so that the part of the panel being written stays in the first-level cache.
    for (int k = 0; k < depth; k += DEPTH_BLOCK) {
      int block = Math.min(DEPTH_BLOCK, depth - k);
      int r = 0;
      for (; r + 3 < members; r += 4) {
        interleaveFour(
            from, offset + r * stride + k, stride, block, to, toOffset + k * width + r, width);
      }
      for (; r < members; r++) {
        int source = offset + r * stride + k;
        int target = toOffset + k * width + r;
        for (int i = 0; i < block; i++) {
          to[target + i * width] = from[source + i];
        }
      }
    }
    clearMissing(members, depth, to, toOffset, width);
  }

  private static void interleaveFour(
      float[] from, int offset, int stride, int depth, float[] to, int toOffset, int width) {
    int second = offset + stride;
    int third = second + stride;
    int fourth = third + stride;
    for (int i = 0; i < depth; i++) {
      int target = toOffset + i * width;
      to[target] = from[offset + i];
      to[target + 1] = from[second + i];
      to[target + 2] = from[third + i];
      to[target + 3] = from[fourth + i];
    }
  }

  /**
   * Panels whose members stand side by side in memory: to[k·width + r] = from[offset + k·stride +
   * r].
   *
   * @param members columns that exist, at most {@code width}
   */
  static void copy(
      float[] from,
      int offset,
      int stride,
      int members,
      int depth,
      float[] to,
      int toOffset,
      int width) {
    for (int k = 0; k < depth; k++) {
      System.arraycopy(from, offset + k * stride, to, toOffset + k * width, members);
    }
    clearMissing(members, depth, to, toOffset, width);
  }

  private static void clearMissing(int members, int depth, float[] to, int toOffset, int width) {
    if (members < width) {
      for (int k = 0; k < depth; k++) {
        Arrays.fill(to, toOffset + k * width + members, toOffset + (k + 1) * width, 0f);
      }
    }
  }
}
