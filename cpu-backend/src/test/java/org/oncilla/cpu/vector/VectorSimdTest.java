package org.oncilla.cpu.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.UnaryOp;
import org.oncilla.cpu.simd.ScalarSimd;
import org.oncilla.cpu.simd.Simd;
import org.oncilla.cpu.simd.TileKernels;

/**
 * The vector implementation against the scalar one at sizes around the register width. Functions of
 * one element must give the same bits; sums may be rounded in another order.
 */
class VectorSimdTest {
  private static final int MARGIN = 5;
  private static final float UNTOUCHED = 12345f;
  private static final float ALPHA = 0.3f;
  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    1e-40f,
    88.7f,
    -103.9f
  };

  private final Simd vector = VectorSimd.create();
  private final Simd scalar = ScalarSimd.create();
  private final Random random = new Random(7);

  private int[] sizes() {
    int lanes = vector.lanes();
    return new int[] {
      1, 2, lanes - 1, lanes, lanes + 1, 2 * lanes - 1, 4 * lanes, 4 * lanes + 1, 9 * lanes + 3
    };
  }

  /** Values of every kind with a margin that an operation must not touch. */
  private float[] values(int n) {
    float[] values = new float[n + 2 * MARGIN];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          random.nextInt(8) == 0
              ? SPECIAL[random.nextInt(SPECIAL.length)]
              : (float) (random.nextGaussian() * 3);
    }
    return values;
  }

  private float[] ordinary(int n) {
    float[] values = new float[n + 2 * MARGIN];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[] untouched(int n) {
    float[] values = new float[n + 2 * MARGIN];
    Arrays.fill(values, UNTOUCHED);
    return values;
  }

  private static void assertSame(String what, float[] actual, float[] expected) {
    for (int i = 0; i < expected.length; i++) {
      // Float.compare: NaN equals NaN, and -0 does not equal 0.
      assertThat(Float.compare(actual[i], expected[i]))
          .as("%s [%d]: %s, scalar %s", what, i - MARGIN, actual[i], expected[i])
          .isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(UnaryOp.class)
  void unary(UnaryOp op) {
    for (int n : sizes()) {
      float[] x = values(n);
      float[] actual = untouched(n);
      float[] expected = untouched(n);
      vector.elementwise().unary(op, ALPHA, x, MARGIN, actual, MARGIN, n);
      scalar.elementwise().unary(op, ALPHA, x, MARGIN, expected, MARGIN, n);
      assertSame(op + " of " + n, actual, expected);
    }
  }

  @ParameterizedTest
  @EnumSource(UnaryOp.class)
  void unaryBackward(UnaryOp op) {
    for (int n : sizes()) {
      float[] saved = values(n);
      float[] dy = ordinary(n);
      float[] actual = untouched(n);
      float[] expected = untouched(n);
      vector.elementwise().unaryBackward(op, ALPHA, saved, MARGIN, dy, MARGIN, actual, MARGIN, n);
      scalar.elementwise().unaryBackward(op, ALPHA, saved, MARGIN, dy, MARGIN, expected, MARGIN, n);
      assertSame(op + " backward of " + n, actual, expected);
    }
  }

  @ParameterizedTest
  @EnumSource(BinaryOp.class)
  void binary(BinaryOp op) {
    for (int n : sizes()) {
      float[] a = values(n);
      float[] b = values(n);
      System.arraycopy(a, 0, b, 0, n / 2);
      float[] actual = untouched(n);
      float[] expected = untouched(n);
      vector.elementwise().binary(op, a, MARGIN, b, MARGIN, actual, MARGIN, n);
      scalar.elementwise().binary(op, a, MARGIN, b, MARGIN, expected, MARGIN, n);
      assertSame(op + " of " + n, actual, expected);
    }
  }

  @Test
  void affineAndScaledAdd() {
    for (int n : sizes()) {
      float[] x = values(n);
      float[] actual = ordinary(n);
      float[] expected = actual.clone();
      vector.elementwise().scaledAdd(0.3f, x, MARGIN, actual, MARGIN, n);
      scalar.elementwise().scaledAdd(0.3f, x, MARGIN, expected, MARGIN, n);
      assertSame("scaledAdd of " + n, actual, expected);
      vector.elementwise().affine(x, MARGIN, 1.7f, -0.2f, actual, MARGIN, n);
      scalar.elementwise().affine(x, MARGIN, 1.7f, -0.2f, expected, MARGIN, n);
      assertSame("affine of " + n, actual, expected);
    }
  }

  @Test
  void copyRows() {
    for (int width : sizes()) {
      for (int rows : new int[] {1, 2, 5}) {
        int stride = width + 3;
        float[] from = ordinary(rows * stride + vector.lanes());
        float[] actual = untouched(rows * width);
        float[] expected = untouched(rows * width);
        vector.elementwise().copyRows(from, 2, stride, actual, MARGIN, width, rows, 0.5f);
        scalar.elementwise().copyRows(from, 2, stride, expected, MARGIN, width, rows, 0.5f);
        assertSame("copyRows of " + rows + "x" + width, actual, expected);
      }
    }
  }

  @Test
  void reductions() {
    for (int n : sizes()) {
      float[] x = ordinary(n);
      float[] y = ordinary(n);
      double sum = 0;
      double dot = 0;
      double magnitude = 0;
      for (int i = MARGIN; i < MARGIN + n; i++) {
        sum += x[i];
        dot += (double) x[i] * y[i];
        magnitude += Math.abs(x[i]) * (1 + Math.abs(y[i]));
      }
      double tolerance = magnitude * n * 0x1p-24;
      for (Simd simd : new Simd[] {vector, scalar}) {
        assertThat((double) simd.reductions().sum(x, MARGIN, n))
            .isCloseTo(sum, Offset.offset(tolerance));
        assertThat((double) simd.reductions().dot(x, MARGIN, y, MARGIN, n))
            .isCloseTo(dot, Offset.offset(tolerance));
      }
      assertThat(vector.reductions().max(x, MARGIN, n))
          .isEqualTo(scalar.reductions().max(x, MARGIN, n));
      assertThat(vector.reductions().min(x, MARGIN, n))
          .isEqualTo(scalar.reductions().min(x, MARGIN, n));
    }
  }

  @Test
  void extremesOfNaN() {
    for (int n : sizes()) {
      float[] x = ordinary(n);
      x[MARGIN + random.nextInt(n)] = Float.NaN;
      assertThat(vector.reductions().max(x, MARGIN, n)).isNaN();
      assertThat(vector.reductions().min(x, MARGIN, n)).isNaN();
    }
  }

  @Test
  void expSum() {
    for (int n : sizes()) {
      float[] x = ordinary(n);
      float[] actual = untouched(n);
      float[] expected = untouched(n);
      float sum = vector.reductions().expSum(x, MARGIN, -0.7f, actual, MARGIN, n);
      float scalarSum = scalar.reductions().expSum(x, MARGIN, -0.7f, expected, MARGIN, n);
      assertSame("expSum of " + n, actual, expected);
      assertThat(sum).isCloseTo(scalarSum, Percentage.withPercentage(1e-4));
    }
  }

  @Test
  void tilesOfEveryWidth() {
    for (Simd simd : new Simd[] {vector, scalar}) {
      TileKernels tiles = simd.tiles();
      for (int vectors = 1; vectors <= tiles.maxVectors(); vectors++) {
        for (int depth : new int[] {1, 2, 33}) {
          tile(tiles, depth, vectors, false);
          tile(tiles, depth, vectors, true);
        }
      }
    }
  }

  private void tile(TileKernels tiles, int depth, int vectors, boolean accumulate) {
    int width = vectors * tiles.lanes();
    int stride = width + 3;
    float[] a = ordinary(depth * TileKernels.ROWS);
    float[] b = ordinary(depth * (width + 7));
    int[] rows = new int[depth];
    for (int k = 0; k < depth; k++) {
      rows[k] = (depth - 1 - k) * (width + 7); // any order will do
    }
    float[] c = ordinary(TileKernels.ROWS * stride);
    float[] before = c.clone();
    tiles.tile(depth, a, 2, b, rows, 3, c, 1, stride, vectors, accumulate);
    for (int at = 0; at < c.length; at++) {
      int r = (at - 1) / stride;
      int j = (at - 1) % stride;
      boolean inside = at >= 1 && r < TileKernels.ROWS && j < width;
      double expected = !inside || accumulate ? before[at] : 0;
      for (int k = 0; inside && k < depth; k++) {
        expected += (double) a[2 + k * TileKernels.ROWS + r] * b[3 + rows[k] + j];
      }
      assertThat((double) c[at])
          .as("[%d, %d] of %d vectors, depth %d", r, j, vectors, depth)
          .isCloseTo(expected, Offset.offset(inside ? depth * 1e-5 : 0));
    }
  }

  @Test
  void dotTiles() {
    for (Simd simd : new Simd[] {vector, scalar}) {
      for (int length : sizes()) {
        for (int segments : new int[] {1, 3}) {
          dotTile(simd.tiles(), segments, length);
        }
      }
    }
  }

  private void dotTile(TileKernels tiles, int segments, int length) {
    int aStep = 7 * length;
    int bStep = 5 * length + 1;
    float[] a = ordinary(segments * aStep);
    float[] b = ordinary(segments * bStep + length);
    int[] aRows = {0, length, 2 * length, 5 * length, 3 * length, 4 * length};
    int[] bRows = {2, 1, 0, length};
    float[] out = new float[TileKernels.ROWS * TileKernels.DOT_COLUMNS];
    tiles.dotTile(segments, length, a, aRows, aStep, b, bRows, bStep, out);
    for (int r = 0; r < TileKernels.ROWS; r++) {
      for (int j = 0; j < TileKernels.DOT_COLUMNS; j++) {
        double expected = 0;
        for (int s = 0; s < segments; s++) {
          for (int t = 0; t < length; t++) {
            expected += (double) a[aRows[r] + s * aStep + t] * b[bRows[j] + s * bStep + t];
          }
        }
        assertThat((double) out[r * TileKernels.DOT_COLUMNS + j])
            .isCloseTo(expected, Offset.offset(segments * length * 1e-5));
      }
    }
  }
}
