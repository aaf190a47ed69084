package org.oncilla.cpu;

import java.util.Arrays;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.Span;
import org.oncilla.backend.TableShape;
import org.oncilla.cpu.simd.ElementwiseOps;

/**
 * Rows of a table by index, and the sums of their gradients.
 *
 * <p>A sum has one owner, so no two threads add to it, and each owner goes through the indices from
 * the first to the last: the order of every sum is that of the indices, whatever the number of
 * owners. Owners take turns over the rows, because the rows of a vocabulary are often in the order
 * of their frequency.
 */
final class TableRows {
  /** Enough to even out what a frequent row costs its owner. */
  private static final int OWNERS_PER_THREAD = 4;

  private final CpuContext context;
  private final ElementwiseOps elementwise;

  TableRows(CpuContext context) {
    this.context = context;
    this.elementwise = context.simd().elementwise();
  }

  void gather(TableShape shape, Span table, Span indices, Span out) {
    float[] from = CpuBuffer.floats(table);
    int[] index = CpuBuffer.ints(indices);
    float[] to = CpuBuffer.floats(out);
    int columns = shape.columns();
    context.forEachChunk(
        shape.count(),
        Math.max(1, CpuContext.CHUNK / columns),
        (first, end) -> {
          for (int i = first; i < end; i++) {
            int row = index[indices.offset() + i];
            int at = out.offset() + i * columns;
            if (row >= 0 && row < shape.rows()) {
              System.arraycopy(from, table.offset() + row * columns, to, at, columns);
            } else {
              Arrays.fill(to, at, at + columns, Float.NaN);
            }
          }
        });
  }

  void scatterAdd(
      TableShape shape, Span indices, int ignored, Span dy, Span dTable, boolean accumulate) {
    float[] sums = CpuBuffer.floats(dTable);
    if (!accumulate) {
      context.forEachChunk(
          shape.tableLength(),
          (from, end) -> Arrays.fill(sums, dTable.offset() + from, dTable.offset() + end, 0f));
    }
    int[] index = CpuBuffer.ints(indices);
    float[] gradients = CpuBuffer.floats(dy);
    int columns = shape.columns();
    int owners = owners(shape);
    context
        .team()
        .run(
            owners,
            owner -> {
              for (int i = 0; i < shape.count(); i++) {
                int row = index[indices.offset() + i];
                boolean mine = (row & (owners - 1)) == owner;
                if (mine && row >= 0 && row < shape.rows() && row != ignored) {
                  int at = dTable.offset() + row * columns;
                  int from = dy.offset() + i * columns;
                  elementwise.binary(BinaryOp.ADD, sums, at, gradients, from, sums, at, columns);
                }
              }
            });
  }

  /** A power of two: more than one only where there is enough to add for each. */
  private int owners(TableShape shape) {
    int useful = Ceil.div(shape.selectedLength(), CpuContext.CHUNK);
    int wanted = context.team().size() * OWNERS_PER_THREAD;
    return Integer.highestOneBit(Math.min(shape.rows(), Math.min(useful, wanted)));
  }
}
