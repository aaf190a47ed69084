package org.oncilla.cpu.vector;

import static org.oncilla.cpu.simd.TileKernels.DOT_COLUMNS;
import static org.oncilla.cpu.simd.TileKernels.ROWS;
import static org.oncilla.cpu.vector.VectorMath.LANES;
import static org.oncilla.cpu.vector.VectorMath.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.oncilla.cpu.simd.TileKernels;

/** {@link TileKernels#dotTile} with one register of partial sums for each of its dot products. */
final class VectorDots {
  /** Room for the registers of partial sums of one tile. */
  private static final ThreadLocal<float[]> SUMS =
      ThreadLocal.withInitial(() -> new float[ROWS * DOT_COLUMNS * LANES]);

  private VectorDots() {}

  static void tile(
      int segments,
      int length,
      float[] a,
      int[] aRows,
      int aStep,
      float[] b,
      int[] bRows,
      int bStep,
      float[] out) {
    int a0 = aRows[0];
    int a1 = aRows[1];
    int a2 = aRows[2];
    int a3 = aRows[3];
    int a4 = aRows[4];
    int a5 = aRows[5];
    int b0 = bRows[0];
    int b1 = bRows[1];
    int b2 = bRows[2];
    int b3 = bRows[3];
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c02 = FloatVector.zero(SPECIES);
    FloatVector c03 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c12 = FloatVector.zero(SPECIES);
    FloatVector c13 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c22 = FloatVector.zero(SPECIES);
    FloatVector c23 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c32 = FloatVector.zero(SPECIES);
    FloatVector c33 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c41 = FloatVector.zero(SPECIES);
    FloatVector c42 = FloatVector.zero(SPECIES);
    FloatVector c43 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c51 = FloatVector.zero(SPECIES);
    FloatVector c52 = FloatVector.zero(SPECIES);
    FloatVector c53 = FloatVector.zero(SPECIES);
    int whole = SPECIES.loopBound(length);
    // One loop, not two: sums carried through an outer loop would be boxed.
    int steps = segments * (whole / LANES);
    for (int step = 0, t = 0; step < steps; step++) {
      FloatVector y0 = FloatVector.fromArray(SPECIES, b, b0 + t);
      FloatVector y1 = FloatVector.fromArray(SPECIES, b, b1 + t);
      FloatVector y2 = FloatVector.fromArray(SPECIES, b, b2 + t);
      FloatVector y3 = FloatVector.fromArray(SPECIES, b, b3 + t);
      FloatVector x = FloatVector.fromArray(SPECIES, a, a0 + t);
      c00 = x.fma(y0, c00);
      c01 = x.fma(y1, c01);
      c02 = x.fma(y2, c02);
      c03 = x.fma(y3, c03);
      x = FloatVector.fromArray(SPECIES, a, a1 + t);
      c10 = x.fma(y0, c10);
      c11 = x.fma(y1, c11);
      c12 = x.fma(y2, c12);
      c13 = x.fma(y3, c13);
      x = FloatVector.fromArray(SPECIES, a, a2 + t);
      c20 = x.fma(y0, c20);
      c21 = x.fma(y1, c21);
      c22 = x.fma(y2, c22);
      c23 = x.fma(y3, c23);
      x = FloatVector.fromArray(SPECIES, a, a3 + t);
      c30 = x.fma(y0, c30);
      c31 = x.fma(y1, c31);
      c32 = x.fma(y2, c32);
      c33 = x.fma(y3, c33);
      x = FloatVector.fromArray(SPECIES, a, a4 + t);
      c40 = x.fma(y0, c40);
      c41 = x.fma(y1, c41);
      c42 = x.fma(y2, c42);
      c43 = x.fma(y3, c43);
      x = FloatVector.fromArray(SPECIES, a, a5 + t);
      c50 = x.fma(y0, c50);
      c51 = x.fma(y1, c51);
      c52 = x.fma(y2, c52);
      c53 = x.fma(y3, c53);
      t += LANES;
      if (t == whole) {
        t = 0;
        a0 += aStep;
        a1 += aStep;
        a2 += aStep;
        a3 += aStep;
        a4 += aStep;
        a5 += aStep;
        b0 += bStep;
        b1 += bStep;
        b2 += bStep;
        b3 += bStep;
      }
    }
    float[] lanes = SUMS.get();
    c00.intoArray(lanes, 0);
    c01.intoArray(lanes, LANES);
    c02.intoArray(lanes, 2 * LANES);
    c03.intoArray(lanes, 3 * LANES);
    c10.intoArray(lanes, 4 * LANES);
    c11.intoArray(lanes, 5 * LANES);
    c12.intoArray(lanes, 6 * LANES);
    c13.intoArray(lanes, 7 * LANES);
    c20.intoArray(lanes, 8 * LANES);
    c21.intoArray(lanes, 9 * LANES);
    c22.intoArray(lanes, 10 * LANES);
    c23.intoArray(lanes, 11 * LANES);
    c30.intoArray(lanes, 12 * LANES);
    c31.intoArray(lanes, 13 * LANES);
    c32.intoArray(lanes, 14 * LANES);
    c33.intoArray(lanes, 15 * LANES);
    c40.intoArray(lanes, 16 * LANES);
    c41.intoArray(lanes, 17 * LANES);
    c42.intoArray(lanes, 18 * LANES);
    c43.intoArray(lanes, 19 * LANES);
    c50.intoArray(lanes, 20 * LANES);
    c51.intoArray(lanes, 21 * LANES);
    c52.intoArray(lanes, 22 * LANES);
    c53.intoArray(lanes, 23 * LANES);
    for (int i = 0; i < ROWS * DOT_COLUMNS; i++) {
      out[i] = LaneSums.sum(lanes, i * LANES);
    }
    if (whole < length) {
      addTails(segments, whole, length, a, aRows, aStep, b, bRows, bStep, out);
    }
  }

  private static void addTails(
      int segments,
      int from,
      int to,
      float[] a,
      int[] aRows,
      int aStep,
      float[] b,
      int[] bRows,
      int bStep,
      float[] out) {
    for (int r = 0; r < ROWS; r++) {
      for (int j = 0; j < DOT_COLUMNS; j++) {
        float sum = out[r * DOT_COLUMNS + j];
        for (int segment = 0; segment < segments; segment++) {
          int p = aRows[r] + segment * aStep;
          int q = bRows[j] + segment * bStep;
          for (int t = from; t < to; t++) {
            sum = Math.fma(a[p + t], b[q + t], sum);
          }
        }
        out[r * DOT_COLUMNS + j] = sum;
      }
    }
  }
}
