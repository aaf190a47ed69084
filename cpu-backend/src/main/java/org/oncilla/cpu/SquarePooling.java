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
    for (int q = 0; q < outWidth; q++) {
      int first = row + 2 * q;
      int best = first;
      float largest = x[plane + first];
      float value = x[plane + first + 1];
      if (beats(value, largest)) {
        largest = value;
        best = first + 1;
      }
      value = x[plane + first + width];
      if (beats(value, largest)) {
        largest = value;
        best = first + width;
      }
      value = x[plane + first + width + 1];
      if (beats(value, largest)) {
        largest = value;
        best = first + width + 1;
      }
      y[to + q] = largest;
      winners[winnersTo + q] = best;
    }
  }

  private static boolean beats(float value, float largest) {
    return value > largest || (value != value && largest == largest);
  }
}
