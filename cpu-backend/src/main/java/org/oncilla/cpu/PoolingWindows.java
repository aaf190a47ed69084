package org.oncilla.cpu;

import org.oncilla.backend.PoolingShape;

/** Pooling of one plane with any window, stride and padding. */
final class PoolingWindows {
  private final PoolingShape shape;
  private final int width;
  private final int outHeight;
  private final int outWidth;

  PoolingWindows(PoolingShape shape) {
    this.shape = shape;
    width = shape.inWidth();
    outHeight = shape.outHeight();
    outWidth = shape.outWidth();
  }

  /** Whether {@link SquarePooling} applies. */
  boolean areSquaresOfTwo() {
    return shape.kernelHeight() == 2
        && shape.kernelWidth() == 2
        && shape.strideHeight() == 2
        && shape.strideWidth() == 2
        && shape.padHeight() == 0
        && shape.padWidth() == 0;
  }

  private int top(int p) {
    return Math.max(0, p * shape.strideHeight() - shape.padHeight());
  }

  private int bottom(int p) {
    int end = p * shape.strideHeight() - shape.padHeight() + shape.kernelHeight();
    return Math.min(shape.inHeight(), end);
  }

  private int left(int q) {
    return Math.max(0, q * shape.strideWidth() - shape.padWidth());
  }

  private int right(int q) {
    int end = q * shape.strideWidth() - shape.padWidth() + shape.kernelWidth();
    return Math.min(width, end);
  }

  void max(float[] x, int from, float[] y, int to, int[] winners, int winnersTo) {
    for (int p = 0; p < outHeight; p++) {
      for (int q = 0; q < outWidth; q++) {
        int winner = winner(x, from, p, q);
        int at = p * outWidth + q;
        y[to + at] = x[from + winner];
        if (winners != null) {
          winners[winnersTo + at] = winner;
        }
      }
    }
  }

  private int winner(float[] x, int from, int p, int q) {
    int right = right(q);
    int best = top(p) * width + left(q);
    float largest = x[from + best];
    for (int h = top(p); h < bottom(p); h++) {
      for (int w = left(q); w < right; w++) {
        float value = x[from + h * width + w];
        if (value > largest || (value != value && largest == largest)) {
          largest = value;
          best = h * width + w;
        }
      }
    }
    return best;
  }

  void average(boolean countPadding, float[] x, int from, float[] y, int to) {
    for (int p = 0; p < outHeight; p++) {
      for (int q = 0; q < outWidth; q++) {
        float sum = 0;
        for (int h = top(p); h < bottom(p); h++) {
          for (int w = left(q); w < right(q); w++) {
            sum += x[from + h * width + w];
          }
        }
        y[to + p * outWidth + q] = sum / divisor(countPadding, p, q);
      }
    }
  }

  /** Adds each output's share to the elements of its window. */
  void spread(boolean countPadding, float[] dy, int from, float[] dx, int to) {
    for (int p = 0; p < outHeight; p++) {
      for (int q = 0; q < outWidth; q++) {
        float share = dy[from + p * outWidth + q] / divisor(countPadding, p, q);
        for (int h = top(p); h < bottom(p); h++) {
          for (int w = left(q); w < right(q); w++) {
            dx[to + h * width + w] += share;
          }
        }
      }
    }
  }

  private int divisor(boolean countPadding, int p, int q) {
    return countPadding
        ? shape.kernelHeight() * shape.kernelWidth()
        : (bottom(p) - top(p)) * (right(q) - left(q));
  }
}
