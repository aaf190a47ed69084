package org.oncilla.cpu.simd;

import static org.oncilla.cpu.simd.FusedMultiplyAdd.fma;

/** {@link TileKernels} in plain Java; pairs of rows share the loads of the right operand. */
public final class ScalarTiles implements TileKernels {
  private static final int LANES = 4;
  private static final int MAX_VECTORS = 4;

  @Override
  public int lanes() {
    return LANES;
  }

  @Override
  public int maxVectors() {
    return MAX_VECTORS;
  }

  @Override
  public void tile(
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int[] bRows,
      int bOffset,
      float[] c,
      int cOffset,
      int cStride,
      int vectors,
      boolean accumulate) {
    for (int column = 0; column < vectors * LANES; column += LANES) {
      for (int row = 0; row < ROWS; row += 2) {
        pairOfRows(
            depth,
            a,
            aOffset + row,
            b,
            bRows,
            bOffset + column,
            c,
            cOffset + row * cStride + column,
            cStride,
            accumulate);
      }
    }
  }

  /** Two rows by four columns in eight scalar registers. */
  private static void pairOfRows(
      int depth,
      float[] a,
      int aOffset,
      float[] b,
      int[] bRows,
      int bOffset,
      float[] c,
      int cOffset,
      int cStride,
      boolean accumulate) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    float t0 = 0;
    float t1 = 0;
    float t2 = 0;
    float t3 = 0;
    for (int k = 0; k < depth; k++) {
      float x = a[aOffset + k * ROWS];
      float y = a[aOffset + k * ROWS + 1];
      int row = bOffset + bRows[k];
      float b0 = b[row];
      float b1 = b[row + 1];
      float b2 = b[row + 2];
      float b3 = b[row + 3];
      s0 = fma(x, b0, s0);
      s1 = fma(x, b1, s1);
      s2 = fma(x, b2, s2);
      s3 = fma(x, b3, s3);
      t0 = fma(y, b0, t0);
      t1 = fma(y, b1, t1);
      t2 = fma(y, b2, t2);
      t3 = fma(y, b3, t3);
    }
    store(c, cOffset, accumulate, s0, s1, s2, s3);
    store(c, cOffset + cStride, accumulate, t0, t1, t2, t3);
  }

  private static void store(
      float[] c, int at, boolean accumulate, float s0, float s1, float s2, float s3) {
    c[at] = accumulate ? c[at] + s0 : s0;
    c[at + 1] = accumulate ? c[at + 1] + s1 : s1;
    c[at + 2] = accumulate ? c[at + 2] + s2 : s2;
    c[at + 3] = accumulate ? c[at + 3] + s3 : s3;
  }

  @Override
  public void dotTile(
      int segments,
      int length,
      float[] a,
      int[] aRows,
      int aStep,
      float[] b,
      int[] bRows,
      int bStep,
      float[] out) {
    for (int r = 0; r < ROWS; r++) {
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      for (int segment = 0; segment < segments; segment++) {
        int x = aRows[r] + segment * aStep;
        int y = segment * bStep;
        for (int t = 0; t < length; t++) {
          float value = a[x + t];
          s0 = fma(value, b[bRows[0] + y + t], s0);
          s1 = fma(value, b[bRows[1] + y + t], s1);
          s2 = fma(value, b[bRows[2] + y + t], s2);
          s3 = fma(value, b[bRows[3] + y + t], s3);
        }
      }
      store(out, r * DOT_COLUMNS, false, s0, s1, s2, s3);
    }
  }
}
