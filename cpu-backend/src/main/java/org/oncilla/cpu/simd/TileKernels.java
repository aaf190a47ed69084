package org.oncilla.cpu.simd;

/**
 * The innermost blocks of matrix products and convolutions. A tile is {@link #ROWS} rows high and
 * up to {@link #maxVectors} registers wide, so that its sums stay in registers.
 */
public interface TileKernels {
  /** Rows of a tile. */
  int ROWS = 6;

  /** Dot products that {@link #dotTile} forms with each row of its first operand. */
  int DOT_COLUMNS = 4;

  /** Floats in one register. */
  int lanes();

  /** The widest tile, in registers. */
  int maxVectors();

  /** The widest tile, in floats. */
  default int maxColumns() {
    return lanes() * maxVectors();
  }

  /**
   * C[r, j] = Σ<sub>k</sub> a[aOffset + k·ROWS + r] · b[bOffset + bRows[k] + j], for all {@link
   * #ROWS} rows and {@code vectors·lanes} columns.
   *
   * @param depth number of products in each sum
   * @param a left operand, packed k-major in groups of {@link #ROWS}
   * @param b right operand
   * @param bRows where row k of the right operand starts, relative to {@code bOffset}
   * @param c receives the tile
   * @param cOffset its first element
   * @param cStride elements from one row of the tile to the next
   * @param vectors width in registers, 1 to {@link #maxVectors}
   * @param accumulate adds to c instead of overwriting it
   */
  void tile(
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
      boolean accumulate);

  /**
   * out[r·DOT_COLUMNS + j] = Σ<sub>s</sub> Σ<sub>t</sub> a[aRows[r] + s·aStep + t] · b[bRows[j] +
   * s·bStep + t] for s in 0 … segments−1 and t in 0 … length−1.
   *
   * @param segments number of stretches that are summed
   * @param length elements of a stretch
   * @param aRows starts of the {@link #ROWS} rows of the left operand
   * @param aStep elements from one stretch to the next in a
   * @param bRows starts of the {@link #DOT_COLUMNS} rows of the right operand
   * @param bStep elements from one stretch to the next in b
   * @param out receives {@code ROWS·DOT_COLUMNS} sums
   */
  void dotTile(
      int segments,
      int length,
      float[] a,
      int[] aRows,
      int aStep,
      float[] b,
      int[] bRows,
      int bStep,
      float[] out);
}
