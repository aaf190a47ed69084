package org.oncilla.cpu.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.oncilla.cpu.simd.TileKernels;

/**
 * {@link TileKernels} with the sums in registers: six rows by four vectors take 24 registers, the
 * four vectors of the right operand and one broadcast make 29, which fits the 32 of AVX-512 and
 * NEON. Where there are 16 registers, six rows by two vectors take 15.
 *
 * <p>The methods differ in their number of vectors only; sums in arrays would not stay in
 * registers, and neither would sums that are handed to a method which the JIT does not inline.
 */
final class VectorTiles implements TileKernels {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int MAX_VECTORS = hasThirtyTwoRegisters() ? 4 : 2;

  private static boolean hasThirtyTwoRegisters() {
    return SPECIES.vectorBitSize() == 512 || System.getProperty("os.arch").equals("aarch64");
  }

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
    switch (vectors) {
      case 1:
        tile1(depth, a, aOffset, b, bRows, bOffset, c, cOffset, cStride, accumulate);
        break;
      case 2:
        tile2(depth, a, aOffset, b, bRows, bOffset, c, cOffset, cStride, accumulate);
        break;
      case 3:
        tile3(depth, a, aOffset, b, bRows, bOffset, c, cOffset, cStride, accumulate);
        break;
      case 4:
        tile4(depth, a, aOffset, b, bRows, bOffset, c, cOffset, cStride, accumulate);
        break;
      default:
        throw new IllegalArgumentException("a tile has 1 to 4 vectors, not " + vectors);
    }
  }

  private static void tile1(
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
    int r0 = cOffset;
    int r1 = r0 + cStride;
    int r2 = r1 + cStride;
    int r3 = r2 + cStride;
    int r4 = r3 + cStride;
    int r5 = r4 + cStride;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    if (accumulate) {
      c00 = FloatVector.fromArray(SPECIES, c, r0);
      c10 = FloatVector.fromArray(SPECIES, c, r1);
      c20 = FloatVector.fromArray(SPECIES, c, r2);
      c30 = FloatVector.fromArray(SPECIES, c, r3);
      c40 = FloatVector.fromArray(SPECIES, c, r4);
      c50 = FloatVector.fromArray(SPECIES, c, r5);
    }
    for (int k = 0, i = aOffset; k < depth; k++, i += ROWS) {
      int row = bOffset + bRows[k];
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector x = FloatVector.broadcast(SPECIES, a[i]);
      c00 = x.fma(b0, c00);
      x = FloatVector.broadcast(SPECIES, a[i + 1]);
      c10 = x.fma(b0, c10);
      x = FloatVector.broadcast(SPECIES, a[i + 2]);
      c20 = x.fma(b0, c20);
      x = FloatVector.broadcast(SPECIES, a[i + 3]);
      c30 = x.fma(b0, c30);
      x = FloatVector.broadcast(SPECIES, a[i + 4]);
      c40 = x.fma(b0, c40);
      x = FloatVector.broadcast(SPECIES, a[i + 5]);
      c50 = x.fma(b0, c50);
    }
    c00.intoArray(c, r0);
    c10.intoArray(c, r1);
    c20.intoArray(c, r2);
    c30.intoArray(c, r3);
    c40.intoArray(c, r4);
    c50.intoArray(c, r5);
  }

  private static void tile2(
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
    int r0 = cOffset;
    int r1 = r0 + cStride;
    int r2 = r1 + cStride;
    int r3 = r2 + cStride;
    int r4 = r3 + cStride;
    int r5 = r4 + cStride;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c41 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c51 = FloatVector.zero(SPECIES);
    if (accumulate) {
      c00 = FloatVector.fromArray(SPECIES, c, r0);
      c01 = FloatVector.fromArray(SPECIES, c, r0 + LANES);
      c10 = FloatVector.fromArray(SPECIES, c, r1);
      c11 = FloatVector.fromArray(SPECIES, c, r1 + LANES);
      c20 = FloatVector.fromArray(SPECIES, c, r2);
      c21 = FloatVector.fromArray(SPECIES, c, r2 + LANES);
      c30 = FloatVector.fromArray(SPECIES, c, r3);
      c31 = FloatVector.fromArray(SPECIES, c, r3 + LANES);
      c40 = FloatVector.fromArray(SPECIES, c, r4);
      c41 = FloatVector.fromArray(SPECIES, c, r4 + LANES);
      c50 = FloatVector.fromArray(SPECIES, c, r5);
      c51 = FloatVector.fromArray(SPECIES, c, r5 + LANES);
    }
    for (int k = 0, i = aOffset; k < depth; k++, i += ROWS) {
      int row = bOffset + bRows[k];
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[i]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      x = FloatVector.broadcast(SPECIES, a[i + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      x = FloatVector.broadcast(SPECIES, a[i + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      x = FloatVector.broadcast(SPECIES, a[i + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      x = FloatVector.broadcast(SPECIES, a[i + 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      x = FloatVector.broadcast(SPECIES, a[i + 5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
    }
    c00.intoArray(c, r0);
    c01.intoArray(c, r0 + LANES);
    c10.intoArray(c, r1);
    c11.intoArray(c, r1 + LANES);
    c20.intoArray(c, r2);
    c21.intoArray(c, r2 + LANES);
    c30.intoArray(c, r3);
    c31.intoArray(c, r3 + LANES);
    c40.intoArray(c, r4);
    c41.intoArray(c, r4 + LANES);
    c50.intoArray(c, r5);
    c51.intoArray(c, r5 + LANES);
  }

  private static void tile3(
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
    int r0 = cOffset;
    int r1 = r0 + cStride;
    int r2 = r1 + cStride;
    int r3 = r2 + cStride;
    int r4 = r3 + cStride;
    int r5 = r4 + cStride;
    FloatVector c00 = FloatVector.zero(SPECIES);
    FloatVector c01 = FloatVector.zero(SPECIES);
    FloatVector c02 = FloatVector.zero(SPECIES);
    FloatVector c10 = FloatVector.zero(SPECIES);
    FloatVector c11 = FloatVector.zero(SPECIES);
    FloatVector c12 = FloatVector.zero(SPECIES);
    FloatVector c20 = FloatVector.zero(SPECIES);
    FloatVector c21 = FloatVector.zero(SPECIES);
    FloatVector c22 = FloatVector.zero(SPECIES);
    FloatVector c30 = FloatVector.zero(SPECIES);
    FloatVector c31 = FloatVector.zero(SPECIES);
    FloatVector c32 = FloatVector.zero(SPECIES);
    FloatVector c40 = FloatVector.zero(SPECIES);
    FloatVector c41 = FloatVector.zero(SPECIES);
    FloatVector c42 = FloatVector.zero(SPECIES);
    FloatVector c50 = FloatVector.zero(SPECIES);
    FloatVector c51 = FloatVector.zero(SPECIES);
    FloatVector c52 = FloatVector.zero(SPECIES);
    if (accumulate) {
      c00 = FloatVector.fromArray(SPECIES, c, r0);
      c01 = FloatVector.fromArray(SPECIES, c, r0 + LANES);
      c02 = FloatVector.fromArray(SPECIES, c, r0 + 2 * LANES);
      c10 = FloatVector.fromArray(SPECIES, c, r1);
      c11 = FloatVector.fromArray(SPECIES, c, r1 + LANES);
      c12 = FloatVector.fromArray(SPECIES, c, r1 + 2 * LANES);
      c20 = FloatVector.fromArray(SPECIES, c, r2);
      c21 = FloatVector.fromArray(SPECIES, c, r2 + LANES);
      c22 = FloatVector.fromArray(SPECIES, c, r2 + 2 * LANES);
      c30 = FloatVector.fromArray(SPECIES, c, r3);
      c31 = FloatVector.fromArray(SPECIES, c, r3 + LANES);
      c32 = FloatVector.fromArray(SPECIES, c, r3 + 2 * LANES);
      c40 = FloatVector.fromArray(SPECIES, c, r4);
      c41 = FloatVector.fromArray(SPECIES, c, r4 + LANES);
      c42 = FloatVector.fromArray(SPECIES, c, r4 + 2 * LANES);
      c50 = FloatVector.fromArray(SPECIES, c, r5);
      c51 = FloatVector.fromArray(SPECIES, c, r5 + LANES);
      c52 = FloatVector.fromArray(SPECIES, c, r5 + 2 * LANES);
    }
    for (int k = 0, i = aOffset; k < depth; k++, i += ROWS) {
      int row = bOffset + bRows[k];
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[i]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      x = FloatVector.broadcast(SPECIES, a[i + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      x = FloatVector.broadcast(SPECIES, a[i + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      x = FloatVector.broadcast(SPECIES, a[i + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      x = FloatVector.broadcast(SPECIES, a[i + 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      x = FloatVector.broadcast(SPECIES, a[i + 5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
    }
    c00.intoArray(c, r0);
    c01.intoArray(c, r0 + LANES);
    c02.intoArray(c, r0 + 2 * LANES);
    c10.intoArray(c, r1);
    c11.intoArray(c, r1 + LANES);
    c12.intoArray(c, r1 + 2 * LANES);
    c20.intoArray(c, r2);
    c21.intoArray(c, r2 + LANES);
    c22.intoArray(c, r2 + 2 * LANES);
    c30.intoArray(c, r3);
    c31.intoArray(c, r3 + LANES);
    c32.intoArray(c, r3 + 2 * LANES);
    c40.intoArray(c, r4);
    c41.intoArray(c, r4 + LANES);
    c42.intoArray(c, r4 + 2 * LANES);
    c50.intoArray(c, r5);
    c51.intoArray(c, r5 + LANES);
    c52.intoArray(c, r5 + 2 * LANES);
  }

  private static void tile4(
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
    int r0 = cOffset;
    int r1 = r0 + cStride;
    int r2 = r1 + cStride;
    int r3 = r2 + cStride;
    int r4 = r3 + cStride;
    int r5 = r4 + cStride;
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
    if (accumulate) {
      c00 = FloatVector.fromArray(SPECIES, c, r0);
      c01 = FloatVector.fromArray(SPECIES, c, r0 + LANES);
      c02 = FloatVector.fromArray(SPECIES, c, r0 + 2 * LANES);
      c03 = FloatVector.fromArray(SPECIES, c, r0 + 3 * LANES);
      c10 = FloatVector.fromArray(SPECIES, c, r1);
      c11 = FloatVector.fromArray(SPECIES, c, r1 + LANES);
      c12 = FloatVector.fromArray(SPECIES, c, r1 + 2 * LANES);
      c13 = FloatVector.fromArray(SPECIES, c, r1 + 3 * LANES);
      c20 = FloatVector.fromArray(SPECIES, c, r2);
      c21 = FloatVector.fromArray(SPECIES, c, r2 + LANES);
      c22 = FloatVector.fromArray(SPECIES, c, r2 + 2 * LANES);
      c23 = FloatVector.fromArray(SPECIES, c, r2 + 3 * LANES);
      c30 = FloatVector.fromArray(SPECIES, c, r3);
      c31 = FloatVector.fromArray(SPECIES, c, r3 + LANES);
      c32 = FloatVector.fromArray(SPECIES, c, r3 + 2 * LANES);
      c33 = FloatVector.fromArray(SPECIES, c, r3 + 3 * LANES);
      c40 = FloatVector.fromArray(SPECIES, c, r4);
      c41 = FloatVector.fromArray(SPECIES, c, r4 + LANES);
      c42 = FloatVector.fromArray(SPECIES, c, r4 + 2 * LANES);
      c43 = FloatVector.fromArray(SPECIES, c, r4 + 3 * LANES);
      c50 = FloatVector.fromArray(SPECIES, c, r5);
      c51 = FloatVector.fromArray(SPECIES, c, r5 + LANES);
      c52 = FloatVector.fromArray(SPECIES, c, r5 + 2 * LANES);
      c53 = FloatVector.fromArray(SPECIES, c, r5 + 3 * LANES);
    }
    for (int k = 0, i = aOffset; k < depth; k++, i += ROWS) {
      int row = bOffset + bRows[k];
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
      FloatVector x = FloatVector.broadcast(SPECIES, a[i]);
      c00 = x.fma(b0, c00);
      c01 = x.fma(b1, c01);
      c02 = x.fma(b2, c02);
      c03 = x.fma(b3, c03);
      x = FloatVector.broadcast(SPECIES, a[i + 1]);
      c10 = x.fma(b0, c10);
      c11 = x.fma(b1, c11);
      c12 = x.fma(b2, c12);
      c13 = x.fma(b3, c13);
      x = FloatVector.broadcast(SPECIES, a[i + 2]);
      c20 = x.fma(b0, c20);
      c21 = x.fma(b1, c21);
      c22 = x.fma(b2, c22);
      c23 = x.fma(b3, c23);
      x = FloatVector.broadcast(SPECIES, a[i + 3]);
      c30 = x.fma(b0, c30);
      c31 = x.fma(b1, c31);
      c32 = x.fma(b2, c32);
      c33 = x.fma(b3, c33);
      x = FloatVector.broadcast(SPECIES, a[i + 4]);
      c40 = x.fma(b0, c40);
      c41 = x.fma(b1, c41);
      c42 = x.fma(b2, c42);
      c43 = x.fma(b3, c43);
      x = FloatVector.broadcast(SPECIES, a[i + 5]);
      c50 = x.fma(b0, c50);
      c51 = x.fma(b1, c51);
      c52 = x.fma(b2, c52);
      c53 = x.fma(b3, c53);
    }
    c00.intoArray(c, r0);
    c01.intoArray(c, r0 + LANES);
    c02.intoArray(c, r0 + 2 * LANES);
    c03.intoArray(c, r0 + 3 * LANES);
    c10.intoArray(c, r1);
    c11.intoArray(c, r1 + LANES);
    c12.intoArray(c, r1 + 2 * LANES);
    c13.intoArray(c, r1 + 3 * LANES);
    c20.intoArray(c, r2);
    c21.intoArray(c, r2 + LANES);
    c22.intoArray(c, r2 + 2 * LANES);
    c23.intoArray(c, r2 + 3 * LANES);
    c30.intoArray(c, r3);
    c31.intoArray(c, r3 + LANES);
    c32.intoArray(c, r3 + 2 * LANES);
    c33.intoArray(c, r3 + 3 * LANES);
    c40.intoArray(c, r4);
    c41.intoArray(c, r4 + LANES);
    c42.intoArray(c, r4 + 2 * LANES);
    c43.intoArray(c, r4 + 3 * LANES);
    c50.intoArray(c, r5);
    c51.intoArray(c, r5 + LANES);
    c52.intoArray(c, r5 + 2 * LANES);
    c53.intoArray(c, r5 + 3 * LANES);
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
    VectorDots.tile(segments, length, a, aRows, aStep, b, bRows, bStep, out);
  }
}
