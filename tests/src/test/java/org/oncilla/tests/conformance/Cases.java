package org.oncilla.tests.conformance;

import java.util.SplittableRandom;

/** A seeded source of shapes and values: the same cases in every run and on every backend. */
final class Cases {
  /** Sizes around vector widths, work-group sizes and tiles, where kernels go wrong. */
  private static final int[] EDGES = {
    1, 2, 3, 4, 5, 7, 8, 9, 12, 15, 16, 17, 24, 31, 32, 33, 48, 63, 64, 65, 96, 127, 128, 129, 255,
    256, 257, 511, 512, 513, 1023, 1024, 1025, 4095, 4096, 4097
  };

  private final SplittableRandom random;
  private final boolean onGrid;

  Cases(long seed) {
    this(seed, false);
  }

  private Cases(long seed, boolean onGrid) {
    random = new SplittableRandom(seed);
    this.onGrid = onGrid;
  }

  /**
   * Cases whose values are small multiples of a half: their sums and products are exact in single
   * precision in any order, so results must be met exactly, however many terms they have.
   */
  static Cases onGrid(long seed) {
    return new Cases(seed, true);
  }

  /** The number of roundings a tolerance should count: none for values on the grid. */
  double roundings(double count) {
    return onGrid ? 0 : count;
  }

  /** An integer from {@code low} to {@code high}, both included. */
  int between(int low, int high) {
    return random.nextInt(low, high + 1);
  }

  boolean flag() {
    return random.nextBoolean();
  }

  long word() {
    return random.nextLong();
  }

  int pick(int... choices) {
    return choices[random.nextInt(choices.length)];
  }

  <E extends Enum<E>> E pick(Class<E> type) {
    E[] constants = type.getEnumConstants();
    return constants[random.nextInt(constants.length)];
  }

  /** A size from 1 to {@code largest}, one in two of them next to a power of two. */
  int size(int largest) {
    if (flag()) {
      return between(1, largest);
    }
    int usable = 0;
    while (usable < EDGES.length && EDGES[usable] <= largest) {
      usable++;
    }
    return EDGES[random.nextInt(usable)];
  }

  /** Values of both signs between 2⁻⁸ and 2 in magnitude, with some zeros and ones among them. */
  float[] values(int length) {
    if (onGrid) {
      return ties(length);
    }
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] =
          switch (random.nextInt(16)) {
            case 0 -> 0;
            case 1 -> flag() ? 1 : -1;
            default -> (float) Math.scalb(random.nextDouble(-2, 2), -random.nextInt(8));
          };
    }
    return values;
  }

  float[] positive(int length) {
    float[] values = values(length);
    for (int i = 0; i < length; i++) {
      values[i] = Math.abs(values[i]) + 0x1p-6f;
    }
    return values;
  }

  /** Values on a coarse grid, so that equal ones are frequent. */
  float[] ties(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = between(-3, 3) * 0.5f;
    }
    return values;
  }

  /** Ties with NaN, infinities, both zeros and the largest value scattered among them. */
  float[] specials(int length) {
    float[] specials = {
      Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 0f, Float.MAX_VALUE
    };
    float[] values = ties(length);
    for (int i = 0; i < length; i++) {
      if (between(0, 3) == 0) {
        values[i] = specials[random.nextInt(specials.length)];
      }
    }
    return values;
  }

  int[] indices(int length, int bound) {
    int[] indices = new int[length];
    for (int i = 0; i < length; i++) {
      indices[i] = random.nextInt(bound);
    }
    return indices;
  }

  /** A random order of 0 … length−1. */
  int[] permutation(int length) {
    int[] order = new int[length];
    for (int i = 0; i < length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
