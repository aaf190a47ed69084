package org.oncilla.cpu.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.oncilla.cpu.simd.TileKernels;

/** Sums give the same bits before and after the JIT compiler has replaced them. */
class CompiledSumsTest {
  private static final int LENGTH = 16 * VectorMath.LANES + 3;
  private static final int CALLS = 30_000;

  private final float[] x = values(1, TileKernels.ROWS * LENGTH);
  private final float[] y = values(2, TileKernels.ROWS * LENGTH);

  @Test
  void reductionsRepeat() {
    VectorReductions reductions = new VectorReductions();
    float[] scratch = new float[LENGTH];
    float sum = reductions.sum(x, 0, LENGTH);
    float dot = reductions.dot(x, 0, y, 0, LENGTH);
    float expSum = reductions.expSum(x, 0, -1, scratch, 0, LENGTH);
    for (int i = 0; i < CALLS; i++) {
      assertSame(reductions.sum(x, 0, LENGTH), sum);
      assertSame(reductions.dot(x, 0, y, 0, LENGTH), dot);
      assertSame(reductions.expSum(x, 0, -1, scratch, 0, LENGTH), expSum);
    }
  }

  @Test
  void normalizationSumsRepeat() {
    VectorNormalization normalization = new VectorNormalization();
    float[] first = new float[4];
    normalization.deviations(x, 0, 0.1f, LENGTH, first, 0);
    normalization.products(x, 0, 0.1f, y, 0, LENGTH, first, 2);
    float[] again = new float[4];
    for (int i = 0; i < CALLS; i++) {
      normalization.deviations(x, 0, 0.1f, LENGTH, again, 0);
      normalization.products(x, 0, 0.1f, y, 0, LENGTH, again, 2);
      if (!Arrays.equals(again, first)) {
        assertThat(again).as("after %d calls", i).containsExactly(first);
      }
    }
  }

  @Test
  void tilesOfDotProductsRepeat() {
    float[] first = tile();
    for (int i = 0; i < CALLS; i++) {
      if (!Arrays.equals(tile(), first)) {
        assertThat(tile()).as("after %d calls", i).containsExactly(first);
      }
    }
  }

  /** The written-out tree of sixteen lanes is the one that halving makes of any number. */
  @Test
  void lanesAreSummedByHalving() {
    float[] lanes = values(3, VectorMath.LANES);
    float[] halved = lanes.clone();
    for (int half = VectorMath.LANES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        halved[i] += halved[i + half];
      }
    }
    assertThat(LaneSums.sum(lanes, 0)).isEqualTo(halved[0]);
  }

  private float[] tile() {
    int[] rows = new int[TileKernels.ROWS];
    Arrays.setAll(rows, row -> row * LENGTH);
    float[] out = new float[TileKernels.ROWS * TileKernels.DOT_COLUMNS];
    VectorDots.tile(1, LENGTH, x, rows, 0, y, rows, 0, out);
    return out;
  }

  private static void assertSame(float actual, float expected) {
    if (actual != expected) {
      assertThat(actual).isEqualTo(expected);
    }
  }

  private static float[] values(long seed, int length) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (random.nextDouble() - 0.5);
    }
    return values;
  }
}
