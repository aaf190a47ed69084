package org.oncilla.cpu;

import org.oncilla.cpu.Gemm.Product;
import org.oncilla.cpu.simd.ElementwiseOps;
import org.oncilla.cpu.simd.TileKernels;

/**
 * Products with so few rows that packing the right operand would cost more than it saves: one
 * sample through a layer. B is read where it lies, as dot products with its rows where it is
 * transposed and as a sum of its rows where it is not.
 */
final class GemmSmall {
  private static final int MOST_ROWS = 6;
  private static final int COLUMNS_PER_TASK = 128;
  private static final long WORTH_SHARING = 200_000;

  private final CpuContext context;
  private final Product product;
  private final Finish finish;

  private GemmSmall(CpuContext context, Product product, Finish finish) {
    this.context = context;
    this.product = product;
    this.finish = finish;
  }

  static boolean suits(Product product) {
    return product.m() <= MOST_ROWS && (product.m() == 1 || !product.transposeA());
  }

  static void multiply(CpuContext context, Product product, Finish finish) {
    GemmSmall small = new GemmSmall(context, product, finish);
    int tasks = Ceil.div(product.n(), COLUMNS_PER_TASK);
    context
        .team()
        .run(
            product.multiplications() >= WORTH_SHARING,
            tasks,
            task -> {
              int first = task * COLUMNS_PER_TASK;
              int columns = Math.min(COLUMNS_PER_TASK, product.n() - first);
              small.computeColumns(first, columns);
            });
  }

  private void computeColumns(int first, int columns) {
    ElementwiseOps ops = context.simd().elementwise();
    int rowOfC = product.cOffset() + first;
    if (!finish.accumulate()) {
      for (int r = 0; r < product.m(); r++) {
        int at = rowOfC + r * product.n();
        java.util.Arrays.fill(product.c(), at, at + columns, 0f);
      }
    }
    if (product.transposeB()) {
      addDotProducts(first, columns);
    } else {
      addRows(ops, first, columns);
    }
    for (int r = 0; r < product.m(); r++) {
      finish.finishRow(ops, product.c(), rowOfC + r * product.n(), first, columns);
    }
  }

  private void addRows(ElementwiseOps ops, int first, int columns) {
    for (int r = 0; r < product.m(); r++) {
      int target = product.cOffset() + r * product.n() + first;
      int a = product.aOffset() + r * product.k();
      for (int k = 0; k < product.k(); k++) {
        int b = product.bOffset() + k * product.n() + first;
        ops.scaledAdd(product.a()[a + k], product.b(), b, product.c(), target, columns);
      }
    }
  }

  private void addDotProducts(int first, int columns) {
    TileKernels tiles = context.simd().tiles();
    int[] aRows = new int[TileKernels.ROWS];
    int[] bRows = new int[TileKernels.DOT_COLUMNS];
    float[] sums = new float[TileKernels.ROWS * TileKernels.DOT_COLUMNS];
    for (int r = 0; r < aRows.length; r++) {
      aRows[r] = product.aOffset() + Math.min(r, product.m() - 1) * product.k();
    }
    for (int column = 0; column < columns; column += TileKernels.DOT_COLUMNS) {
      int width = Math.min(TileKernels.DOT_COLUMNS, columns - column);
      for (int j = 0; j < bRows.length; j++) {
        int row = first + column + Math.min(j, width - 1);
        bRows[j] = product.bOffset() + row * product.k();
      }
      tiles.dotTile(1, product.k(), product.a(), aRows, 0, product.b(), bRows, 0, sums);
      for (int r = 0; r < product.m(); r++) {
        int target = product.cOffset() + r * product.n() + first + column;
        for (int j = 0; j < width; j++) {
          product.c()[target + j] += sums[r * TileKernels.DOT_COLUMNS + j];
        }
      }
    }
  }
}
