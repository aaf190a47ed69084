package org.oncilla.cpu.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.oncilla.cpu.simd.NormalizationOps;
import org.oncilla.cpu.simd.ScalarNormalization;

/**
 * The vector implementation against the scalar one at sizes around the register width: elements
 * have the same bits, sums those of double precision within their rounding.
 */
class VectorNormalizationTest {
  private static final int AT = 3;
  private static final int ARRAYS = 4;
  private static final float MEAN = 0.25f;

  private final NormalizationOps vector = new VectorNormalization();
  private final NormalizationOps scalar = new ScalarNormalization();
  private final SplittableRandom random = new SplittableRandom(3);

  private static int[] sizes() {
    int lanes = VectorMath.LANES;
    return new int[] {1, 2, lanes - 1, lanes, lanes + 1, 2 * lanes + 1, 5 * lanes + 3};
  }

  private float[] values(int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.nextDouble(-2, 2);
    }
    return values;
  }

  @Test
  void sums() {
    for (NormalizationOps ops : new NormalizationOps[] {vector, scalar}) {
      for (int n : sizes()) {
        float[] x = values(n + 2 * AT);
        float[] dy = values(n + 2 * AT);
        double[] expected = new double[4];
        for (int i = AT; i < n + AT; i++) {
          double d = x[i] - MEAN;
          expected[0] += d;
          expected[1] += d * d;
          expected[2] += dy[i];
          expected[3] += dy[i] * d;
        }
        float[] actual = {Float.NaN, Float.NaN, Float.NaN, Float.NaN, 7};
        ops.deviations(x, AT, MEAN, n, actual, 0);
        ops.products(x, AT, MEAN, dy, AT, n, actual, 2);
        for (int i = 0; i < expected.length; i++) {
          assertThat((double) actual[i]).isCloseTo(expected[i], within(n * 1e-6));
        }
        assertThat(actual[4]).isEqualTo(7);
      }
    }
  }

  @Test
  void sumsOfColumns() {
    for (int n : sizes()) {
      float[] x = values(n + AT);
      float[] mean = values(n + AT);
      float[] dy = values(n + AT);
      float[] expected = values(ARRAYS * n);
      float[] actual = expected.clone();
      scalar.addDeviations(x, AT, mean, 1, expected, 0, expected, n, n);
      vector.addDeviations(x, AT, mean, 1, actual, 0, actual, n, n);
      scalar.addProducts(x, AT, mean, 1, dy, 2, expected, 2 * n, expected, 3 * n, n);
      vector.addProducts(x, AT, mean, 1, dy, 2, actual, 2 * n, actual, 3 * n, n);
      assertThat(actual).isEqualTo(expected);
    }
  }

  @Test
  void outputs() {
    for (int n : sizes()) {
      float[] x = values(n + AT);
      float[] k = values(ARRAYS * (n + 2) + 1);
      float[] expected = values(2 * n + AT);
      float[] actual = expected.clone();
      scalar.normalize(x, AT, MEAN, 1.5f, -0.5f, expected, 1, n);
      vector.normalize(x, AT, MEAN, 1.5f, -0.5f, actual, 1, n);
      scalar.normalize(x, AT, k, 1, n + 2, expected, n + 1, n);
      vector.normalize(x, AT, k, 1, n + 2, actual, n + 1, n);
      assertThat(actual).isEqualTo(expected);
    }
  }

  @Test
  void gradients() {
    NormalizationOps.Gradient constants = new NormalizationOps.Gradient(MEAN, 1.5f, -0.75f, 0.125f);
    for (boolean accumulate : new boolean[] {true, false}) {
      for (int n : sizes()) {
        float[] x = values(n + AT);
        float[] dy = values(n + AT);
        float[] k = values(ARRAYS * (n + 2) + 1);
        float[] expected = values(2 * n + AT);
        float[] actual = expected.clone();
        scalar.gradient(constants, x, AT, dy, 2, expected, 1, n, accumulate);
        vector.gradient(constants, x, AT, dy, 2, actual, 1, n, accumulate);
        scalar.gradient(k, 1, n + 2, x, AT, dy, 2, expected, n + 1, n, accumulate);
        vector.gradient(k, 1, n + 2, x, AT, dy, 2, actual, n + 1, n, accumulate);
        assertThat(actual).isEqualTo(expected);
      }
    }
  }
}
