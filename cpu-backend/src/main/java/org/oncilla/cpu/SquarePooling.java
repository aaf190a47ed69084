package org.oncilla.cpu;

import java.util.Arrays;
import org.oncilla.backend.PoolingShape;

/** Pooling of one plane with windows of 2×2, stride 2, no padding: no element is in two windows. */
final class SquarePooling {
  private SquarePooling() {}

  static void average(PoolingShape shape, float[] x, int from, float[] y, int to) {
    int width = shape.inWidth();
    int outWidth = shape.outWidth();
    for (int p = 0; p < shape.outHeight(); p++) {
      int upper = from + 2 * p * width;
      int lower = upper + width;
      int at = to + p * outWidth;
      for (int q = 0; q < outWidth; q++) {
        float top = x[upper + 2 * q] + x[upper + 2 * q + 1];
        float bottom = x[lower + 2 * q] + x[lower + 2 * q + 1];
        y[at + q] = 0.25f * (top + bottom);
      }
    }
  }

  static void spread(PoolingShape shape, float[] dy, int from, float[] dx, int to) {
    int width = shape.inWidth();
    int outWidth = shape.outWidth();
    for (int p = 0; p < shape.outHeight(); p++) {
      int upper = to + 2 * p * width;
      int at = from + p * outWidth;
      for (int q = 0; q < outWidth; q++) {
        float share = 0.25f * dy[at + q];
        dx[upper + 2 * q] = share;
        dx[upper + 2 * q + 1] = share;
      }
      Arrays.fill(dx, upper + 2 * outWidth, upper + width, 0f);
      System.arraycopy(dx, upper, dx, upper + width, width);
    }
    int covered = 2 * shape.outHeight() * width;
    Arrays.fill(dx, to + covered, to + shape.inHeight() * width, 0f);
  }

  static void max(
      PoolingShape shape, float[] x, int from, float[] y, int to, int[] winners, int winnersTo) {
    int width = shape.inWidth();
    int outWidth = shape.outWidth();
    for (int p = 0; p < shape.outHeight(); p++) {
      int row = 2 * p * width;
      int at = p * outWidth;
      if (winners == null) {
        maxRow(x, from + row, width, y, to + at, outWidth);
      } else {
        maxRow(x, from, row, width, y, to + at, winners, winnersTo + at, outWidth);
      }
    }
  }

  private static void maxRow(float[] x, int upper, int width, float[] y, int to, int outWidth) {
    int lower = upper + width;
    for (int q = 0; q < outWidth; q++) {
      float top = Math.max(x[upper + 2 * q], x[upper + 2 * q + 1]);
      float bottom = Math.max(x[lower + 2 * q], x[lower + 2 * q + 1]);
      y[to + q] = Math.max(top, bottom);
    }
  }

  private static void maxRow(
      float[] x,
      int plane,
      int row,
      int width,
      float[] y,
      int to,
      int[] winners,
      int winnersTo,
      int outWidth) {
    int upper = plane + row;
    int lower = upper + width;
    for (int q = 0; q < outWidth; q++) {
      long top = larger(ranked(x[upper + 2 * q], 3), ranked(x[upper + 2 * q + 1], 2));
      long bottom = larger(ranked(x[lower + 2 * q], 1), ranked(x[lower + 2 * q + 1], 0));
      int place = 3 - (int) larger(top, bottom) & 3;
      int winner = row + 2 * q + (place >> 1) * width + (place & 1);
      y[to + q] = x[plane + winner];
      winners[winnersTo + q] = winner;
    }
  }

  /**
   * A number that orders floats as pooling does, NaN above everything and −0 beside 0, and equal
   * ones by priority: comparing it needs no branch, which random values would mispredict.
   */
  private static long ranked(float value, int priority) {
    int bits = Float.floatToIntBits(value + 0f);
    int ordered = bits ^ (bits >> 31 & Integer.MAX_VALUE);
    return ((long) ordered << 2) + priority;
  }

  /** The larger of two ranks, which are far from overflowing their difference. */
  private static long larger(long a, long b) {
    long difference = a - b;
    return a - (difference & difference >> 63);
  }
}
