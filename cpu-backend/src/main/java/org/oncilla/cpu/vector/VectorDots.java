package org.oncilla.cpu.vector;

import static org.oncilla.cpu.simd.TileKernels.DOT_COLUMNS;
import static org.oncilla.cpu.simd.TileKernels.ROWS;
import static org.oncilla.cpu.vector.VectorMath.LANES;
import static org.oncilla.cpu.vector.VectorMath.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.oncilla.cpu.simd.TileKernels;

/** {@link TileKernels#dotTile} with one register of partial sums for each of its dot products. */
final class VectorDots {
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
    out[0] = c00.reduceLanes(VectorOperators.ADD);
    out[1] = c01.reduceLanes(VectorOperators.ADD);
    out[2] = c02.reduceLanes(VectorOperators.ADD);
    out[3] = c03.reduceLanes(VectorOperators.ADD);
    out[4] = c10.reduceLanes(VectorOperators.ADD);
    out[5] = c11.reduceLanes(VectorOperators.ADD);
    out[6] = c12.reduceLanes(VectorOperators.ADD);
    out[7] = c13.reduceLanes(VectorOperators.ADD);
    out[8] = c20.reduceLanes(VectorOperators.ADD);
    out[9] = c21.reduceLanes(VectorOperators.ADD);
    out[10] = c22.reduceLanes(VectorOperators.ADD);
    out[11] = c23.reduceLanes(VectorOperators.ADD);
    out[12] = c30.reduceLanes(VectorOperators.ADD);
    out[13] = c31.reduceLanes(VectorOperators.ADD);
    out[14] = c32.reduceLanes(VectorOperators.ADD);
    out[15] = c33.reduceLanes(VectorOperators.ADD);
    out[16] = c40.reduceLanes(VectorOperators.ADD);
    out[17] = c41.reduceLanes(VectorOperators.ADD);
    out[18] = c42.reduceLanes(VectorOperators.ADD);
    out[19] = c43.reduceLanes(VectorOperators.ADD);
    out[20] = c50.reduceLanes(VectorOperators.ADD);
    out[21] = c51.reduceLanes(VectorOperators.ADD);
    out[22] = c52.reduceLanes(VectorOperators.ADD);
    out[23] = c53.reduceLanes(VectorOperators.ADD);
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
