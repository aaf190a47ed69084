package org.oncilla.tests.tensor;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A seeded source of sizes and values. Values are exact in single precision, so that every backend
 * starts from the same ones, and no two of a tensor are closer than a central difference reaches:
 * none is near 0 either, so that no kink of a function lies within it.
 */
public final class Draw {
  private final SplittableRandom random;

  public Draw(long seed) {
    random = new SplittableRandom(seed);
  }

  /** An integer from {@code low} to {@code high}, both included. */
  public int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  public int[] between(int low, int high, int count) {
    int[] drawn = new int[count];
    Arrays.setAll(drawn, i -> between(low, high));
    return drawn;
  }

  /** Distinct values of both signs, at most 2 in magnitude. */
  public HostTensor values(int... sizes) {
    HostTensor grid = HostTensor.fill(sizes, index -> 0);
    int length = grid.values().length;
    double gap = 4.0 / length;
    int[] order = permutation(length);
    for (int i = 0; i < length; i++) {
      double jitter = (random.nextDouble() - 0.5) * 0.5;
      double value = (order[i] - length / 2 + 0.5 + jitter) * gap;
      grid.values()[i] = (float) Math.max(-2, Math.min(2, value));
    }
    return grid;
  }

  /** Distinct values between 0.5 and 2.5. */
  public HostTensor positive(int... sizes) {
    return values(sizes).map(value -> (float) (value / 2 + 1.5));
  }

  /** Multiples of one half, many of them equal. */
  public HostTensor ties(int... sizes) {
    return HostTensor.fill(sizes, index -> between(-2, 2) * 0.5);
  }

  public int[] indices(int length, int bound) {
    return between(0, bound - 1, length);
  }

  private int[] permutation(int length) {
    int[] order = new int[length];
    for (int i = 0; i < length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
