package org.oncilla.cpu;

import java.util.Arrays;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.UnaryOp;
import org.oncilla.cpu.simd.ElementwiseOps;

/**
 * Softmax over an axis that is not the last: many columns side by side, so that every step is a
 * function of consecutive elements.
 */
final class ColumnSoftmax {
  private static final int COLUMNS = 1024;

  private final CpuContext context;
  private final ElementwiseOps ops;

  ColumnSoftmax(CpuContext context) {
    this.context = context;
    this.ops = context.simd().elementwise();
  }

  /** Handles {@code n} columns from the one that stands at {@code start}, relative to a span. */
  @FunctionalInterface
  private interface Body {
    void run(int start, int n);
  }

  private void forEachBlock(ReduceShape shape, Body body) {
    int blocks = Ceil.div(shape.inner(), COLUMNS);
    boolean share = (long) shape.outer() * shape.reduced() * shape.inner() > CpuContext.CHUNK;
    context
        .team()
        .run(
            share,
            shape.outer() * blocks,
            task -> {
              int column = task % blocks * COLUMNS;
              int start = task / blocks * shape.reduced() * shape.inner() + column;
              body.run(start, Math.min(COLUMNS, shape.inner() - column));
            });
  }

  void forward(ReduceShape shape, boolean log, float[] x, int xo, float[] y, int yo) {
    forEachBlock(
        shape,
        (start, n) -> {
          float[] shift = context.scratch().floats(Scratch.Slot.BLOCK, COLUMNS);
          float[] sum = context.scratch().floats(Scratch.Slot.OTHER_BLOCK, 2L * COLUMNS);
          maxima(shape, x, xo + start, shift, n);
          sums(shape, x, xo + start, shift, sum, n);
          if (log) {
            ops.unary(UnaryOp.LOG, sum, 0, sum, 0, n);
            ops.binary(BinaryOp.ADD, shift, 0, sum, 0, shift, 0, n);
          }
          for (int r = 0; r < shape.reduced(); r++) {
            int in = xo + start + r * shape.inner();
            int out = yo + start + r * shape.inner();
            ops.binary(BinaryOp.SUBTRACT, x, in, shift, 0, y, out, n);
            if (log) {
              CpuSoftmax.bound(context.simd().reductions(), x, in, y, out, n);
            } else {
              ops.unary(UnaryOp.EXP, y, out, y, out, n);
              ops.binary(BinaryOp.DIVIDE, y, out, sum, 0, y, out, n);
            }
          }
        });
  }

  private void maxima(ReduceShape shape, float[] x, int at, float[] out, int n) {
    System.arraycopy(x, at, out, 0, n);
    for (int r = 1; r < shape.reduced(); r++) {
      ops.binary(BinaryOp.MAXIMUM, out, 0, x, at + r * shape.inner(), out, 0, n);
    }
  }

  private void sums(ReduceShape shape, float[] x, int at, float[] shift, float[] sum, int n) {
    Arrays.fill(sum, 0, n, 0f);
    for (int r = 0; r < shape.reduced(); r++) {
      ops.binary(BinaryOp.SUBTRACT, x, at + r * shape.inner(), shift, 0, sum, COLUMNS, n);
      ops.unary(UnaryOp.EXP, sum, COLUMNS, sum, COLUMNS, n);
      ops.binary(BinaryOp.ADD, sum, 0, sum, COLUMNS, sum, 0, n);
    }
  }

  void backward(
      ReduceShape shape,
      boolean log,
      float[] y,
      int yo,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo,
      boolean accumulate) {
    forEachBlock(
        shape,
        (start, n) -> {
          float[] sum = context.scratch().floats(Scratch.Slot.BLOCK, COLUMNS);
          float[] term = context.scratch().floats(Scratch.Slot.OTHER_BLOCK, 2L * COLUMNS);
          weightedSums(shape, log, y, yo + start, dy, dyo + start, sum, term, n);
          for (int r = 0; r < shape.reduced(); r++) {
            int at = start + r * shape.inner();
            if (log) {
              ops.unary(UnaryOp.EXP, y, yo + at, term, 0, n);
              ops.binary(BinaryOp.MULTIPLY, term, 0, sum, 0, term, 0, n);
              ops.binary(BinaryOp.SUBTRACT, dy, dyo + at, term, 0, term, 0, n);
            } else {
              ops.binary(BinaryOp.SUBTRACT, dy, dyo + at, sum, 0, term, 0, n);
              ops.binary(BinaryOp.MULTIPLY, term, 0, y, yo + at, term, 0, n);
            }
            if (accumulate) {
              ops.binary(BinaryOp.ADD, dx, dxo + at, term, 0, dx, dxo + at, n);
            } else {
              System.arraycopy(term, 0, dx, dxo + at, n);
            }
          }
        });
  }

  /** Σ dy for log-softmax, Σ dy·y for softmax. */
  private void weightedSums(
      ReduceShape shape,
      boolean log,
      float[] y,
      int yo,
      float[] dy,
      int dyo,
      float[] sum,
      float[] term,
      int n) {
    Arrays.fill(sum, 0, n, 0f);
    for (int r = 0; r < shape.reduced(); r++) {
      int at = r * shape.inner();
      if (log) {
        ops.binary(BinaryOp.ADD, sum, 0, dy, dyo + at, sum, 0, n);
      } else {
        ops.binary(BinaryOp.MULTIPLY, dy, dyo + at, y, yo + at, term, 0, n);
        ops.binary(BinaryOp.ADD, sum, 0, term, 0, sum, 0, n);
      }
    }
  }
}
