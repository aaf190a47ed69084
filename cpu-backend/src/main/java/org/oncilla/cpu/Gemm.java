package org.oncilla.cpu;

import org.oncilla.cpu.simd.TileKernels;

/**
 * Matrix products of Java arrays. Both operands are packed into panels, k in blocks that fit the
 * caches; then each task computes a block of C tile by tile:
 *
 * <pre>
 *   k block q:   A panels (6 rows each)      B panels (up to 64 columns each)
 *                   | | | | |                   |    |    |    |
 *   task:        rows of panels i0 … i1  ×  columns of one panel j
 * </pre>
 *
 * <p>An element of C is summed over the k blocks in order by one task, so the result does not
 * depend on the threads.
 */
final class Gemm {
  /** Depth of a packed block: six rows of it take 9 KiB. */
  static final int DEPTH_BLOCK = 384;

  /** Floats of packed operands beyond which k is worked through in several passes. */
  private static final long MOST_PACKED = 1L << 24;

  private final CpuContext context;
  private final int[][] panelRows;

  Gemm(CpuContext context) {
    this.context = context;
    TileKernels tiles = context.simd().tiles();
    panelRows = new int[tiles.maxVectors() + 1][DEPTH_BLOCK];
    for (int vectors = 1; vectors <= tiles.maxVectors(); vectors++) {
      for (int k = 0; k < DEPTH_BLOCK; k++) {
        panelRows[vectors][k] = k * vectors * tiles.lanes();
      }
    }
  }

  /**
   * The operands of one product C = op(A)·op(B), row-major and dense.
   *
   * @param m rows of C
   * @param n columns of C
   * @param k terms of each sum
   * @param transposeA A is stored k×m
   * @param transposeB B is stored n×k
   */
  record Product(
      int m,
      int n,
      int k,
      boolean transposeA,
      boolean transposeB,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset) {
    long multiplications() {
      return (long) m * n * k;
    }
  }

  CpuContext context() {
    return context;
  }

  /** Computes C = activation(β·C + op(A)·op(B) + bias), with one bias a column. */
  void multiply(Product product, Finish finish) {
    if (GemmSmall.suits(product)) {
      GemmSmall.multiply(context, product, finish);
      return;
    }
    int pass = depthOfPass(product);
    for (int from = 0; from < product.k(); from += pass) {
      int depth = Math.min(pass, product.k() - from);
      new GemmPass(context, panelRows, product, finish, from, depth).run();
    }
  }

  private static int depthOfPass(Product product) {
    long affordable = MOST_PACKED / ((long) product.m() + product.n());
    long blocks = Math.max(1, affordable / DEPTH_BLOCK);
    return (int) Math.min(product.k(), blocks * DEPTH_BLOCK);
  }
}
