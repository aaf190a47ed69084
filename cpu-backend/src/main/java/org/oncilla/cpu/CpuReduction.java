package org.oncilla.cpu;

import static org.oncilla.backend.DType.FLOAT32;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.ReductionKernels;
import org.oncilla.backend.Span;
import org.oncilla.cpu.simd.ElementwiseOps;
import org.oncilla.cpu.simd.ReductionOps;

/**
 * Reductions. Long sums are formed in pieces of a fixed length, in an order that depends on the
 * sizes only; the pieces bound the rounding error too.
 */
final class CpuReduction implements ReductionKernels {
  /** Elements of a row that are reduced at a time. */
  private static final int PIECE = CpuContext.CHUNK;

  /** Rows that are added up before their sum is added to the total. */
  private static final int ROWS_AT_A_TIME = 128;

  /** Columns that one task reduces. */
  private static final int COLUMNS = 1024;

  private final CpuContext context;
  private final ElementwiseOps elementwise;
  private final ReductionOps reductions;

  CpuReduction(CpuContext context) {
    this.context = context;
    this.elementwise = context.simd().elementwise();
    this.reductions = context.simd().reductions();
  }

  @Override
  public void reduce(
      ReduceOp op, ReduceShape shape, Span x, double scale, Span out, boolean accumulate) {
    ArgumentChecks.reduce(FLOAT32, op, shape, x, out);
    Target target = new Target((float) scale, CpuBuffer.floats(out), out.offset(), accumulate);
    float[] in = CpuBuffer.floats(x);
    if (shape.inner() > 1) {
      reduceColumns(op, shape, in, x.offset(), target);
    } else if (shape.outer() > 1 || shape.reduced() <= PIECE) {
      reduceRows(op, shape, in, x.offset(), target);
    } else {
      reduceOne(op, shape.reduced(), in, x.offset(), target);
    }
  }

  private record Target(float scale, float[] out, int offset, boolean accumulate) {
    void store(int index, float value) {
      float scaled = scale * value;
      out[offset + index] = accumulate ? out[offset + index] + scaled : scaled;
    }
  }

  private void reduceRows(ReduceOp op, ReduceShape shape, float[] x, int offset, Target target) {
    int length = shape.reduced();
    context.forEachChunk(
        shape.outer(),
        Math.max(1, CpuContext.CHUNK / length),
        (from, to) -> {
          for (int row = from; row < to; row++) {
            target.store(row, reduceRow(op, x, offset + row * length, length));
          }
        });
  }

  private float reduceRow(ReduceOp op, float[] x, int offset, int length) {
    double result = piece(op, x, offset, Math.min(PIECE, length));
    for (int i = PIECE; i < length; i += PIECE) {
      result = combine(op, result, piece(op, x, offset + i, Math.min(PIECE, length - i)));
    }
    return (float) result;
  }

  private void reduceOne(ReduceOp op, int length, float[] x, int offset, Target target) {
    int pieces = Ceil.div(length, PIECE);
    float[] partial = context.scratch().floats(Scratch.Slot.PARTIAL_SUMS, pieces);
    context.forEachChunk(
        length,
        PIECE,
        (from, to) -> partial[from / PIECE] = piece(op, x, offset + from, to - from));
    double result = partial[0];
    for (int i = 1; i < pieces; i++) {
      result = combine(op, result, partial[i]);
    }
    target.store(0, (float) result);
  }

  private float piece(ReduceOp op, float[] x, int offset, int n) {
    switch (op) {
      case SUM:
        return reductions.sum(x, offset, n);
      case MAX:
        return reductions.max(x, offset, n);
      case MIN:
        return reductions.min(x, offset, n);
      default:
        throw new IllegalArgumentException("reduce: " + op + " is unknown to the CPU backend");
    }
  }

  private static double combine(ReduceOp op, double a, double b) {
    return op == ReduceOp.SUM ? a + b : op == ReduceOp.MAX ? Math.max(a, b) : Math.min(a, b);
  }

  private void reduceColumns(ReduceOp op, ReduceShape shape, float[] x, int offset, Target target) {
    int blocks = Ceil.div(shape.inner(), COLUMNS);
    boolean share = (long) shape.outer() * shape.reduced() * shape.inner() > CpuContext.CHUNK;
    context
        .team()
        .run(
            share,
            shape.outer() * blocks,
            task -> {
              int column = task % blocks * COLUMNS;
              int columns = Math.min(COLUMNS, shape.inner() - column);
              reduceColumns(op, shape, x, offset, target, task / blocks, column, columns);
            });
  }

  private void reduceColumns(
      ReduceOp op,
      ReduceShape shape,
      float[] x,
      int offset,
      Target target,
      int outer,
      int column,
      int columns) {
    float[] total = context.scratch().floats(Scratch.Slot.BLOCK, COLUMNS);
    float[] group = context.scratch().floats(Scratch.Slot.OTHER_BLOCK, COLUMNS);
    BinaryOp combine = binary(op);
    int start = offset + outer * shape.reduced() * shape.inner() + column;
    for (int first = 0; first < shape.reduced(); first += ROWS_AT_A_TIME) {
      int last = Math.min(first + ROWS_AT_A_TIME, shape.reduced());
      float[] into = first == 0 ? total : group;
      System.arraycopy(x, start + first * shape.inner(), into, 0, columns);
      for (int row = first + 1; row < last; row++) {
        elementwise.binary(combine, into, 0, x, start + row * shape.inner(), into, 0, columns);
      }
      if (into == group) {
        elementwise.binary(combine, total, 0, group, 0, total, 0, columns);
      }
    }
    for (int i = 0; i < columns; i++) {
      target.store(outer * shape.inner() + column + i, total[i]);
    }
  }

  private static BinaryOp binary(ReduceOp op) {
    return op == ReduceOp.SUM
        ? BinaryOp.ADD
        : op == ReduceOp.MAX ? BinaryOp.MAXIMUM : BinaryOp.MINIMUM;
  }

  @Override
  public void argmax(ReduceShape shape, Span x, Span out) {
    ArgumentChecks.argmax(FLOAT32, shape, x, out);
    float[] in = CpuBuffer.floats(x);
    int[] indices = CpuBuffer.ints(out);
    int inner = shape.inner();
    context.forEachChunk(
        shape.outputLength(),
        Math.max(1, CpuContext.CHUNK / shape.reduced()),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int start = x.offset() + i / inner * shape.reduced() * inner + i % inner;
            indices[out.offset() + i] = firstLargest(in, start, inner, shape.reduced());
          }
        });
  }

  private static int firstLargest(float[] x, int start, int stride, int n) {
    int best = 0;
    float largest = x[start];
    for (int i = 1; i < n && !Float.isNaN(largest); i++) {
      float value = x[start + i * stride];
      if (value > largest || Float.isNaN(value)) {
        largest = value;
        best = i;
      }
    }
    return best;
  }
}
