package org.oncilla.cpu;

import static org.oncilla.backend.DType.FLOAT32;

import java.util.Arrays;
import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.BroadcastShape;
import org.oncilla.backend.ElementwiseKernels;
import org.oncilla.backend.Span;
import org.oncilla.backend.UnaryOp;
import org.oncilla.cpu.simd.ElementwiseOps;

/** Element-wise functions in chunks of consecutive elements. */
final class CpuElementwise implements ElementwiseKernels {
  /** Elements computed at a time where a result is added to the output. */
  private static final int BLOCK = 1024;

  private final CpuContext context;
  private final ElementwiseOps ops;

  CpuElementwise(CpuContext context) {
    this.context = context;
    this.ops = context.simd().elementwise();
  }

  @Override
  public void fill(Span out, double value) {
    ArgumentChecks.fill(FLOAT32, out);
    float[] values = CpuBuffer.floats(out);
    context.forEachChunk(
        out.length(),
        (from, to) -> Arrays.fill(values, out.offset() + from, out.offset() + to, (float) value));
  }

  @Override
  public void affine(Span x, double scale, double shift, Span out, boolean accumulate) {
    ArgumentChecks.affine(FLOAT32, x, out);
    float[] in = CpuBuffer.floats(x);
    float factor = (float) scale;
    float summand = (float) shift;
    apply(
        out,
        accumulate,
        (from, target, at, n) -> ops.affine(in, x.offset() + from, factor, summand, target, at, n));
  }

  @Override
  public void unary(UnaryOp op, double alpha, Span x, Span y) {
    ArgumentChecks.unary(FLOAT32, op, alpha, x, y);
    float[] in = CpuBuffer.floats(x);
    float a = (float) alpha;
    apply(
        y, false, (from, target, at, n) -> ops.unary(op, a, in, x.offset() + from, target, at, n));
  }

  @Override
  public void unaryBackward(
      UnaryOp op, double alpha, Span saved, Span dy, Span dx, boolean accumulate) {
    ArgumentChecks.unaryBackward(FLOAT32, op, alpha, saved, dy, dx);
    float[] s = CpuBuffer.floats(saved);
    float[] gradient = CpuBuffer.floats(dy);
    float a = (float) alpha;
    apply(
        dx,
        accumulate,
        (from, target, at, n) ->
            ops.unaryBackward(
                op, a, s, saved.offset() + from, gradient, dy.offset() + from, target, at, n));
  }

  @Override
  public void binary(
      BinaryOp op, BroadcastShape shape, Span a, Span b, Span out, boolean accumulate) {
    ArgumentChecks.binary(FLOAT32, op, shape, a, b, out);
    float[] left = CpuBuffer.floats(a);
    float[] right = CpuBuffer.floats(b);
    if (shape.isElementwise()) {
      apply(
          out,
          accumulate,
          (from, target, at, n) ->
              ops.binary(op, left, a.offset() + from, right, b.offset() + from, target, at, n));
      return;
    }
    Broadcasting broadcasting = new Broadcasting(context, shape, op);
    apply(
        out,
        accumulate,
        (from, target, at, n) ->
            broadcasting.compute(from, n, left, a.offset(), right, b.offset(), target, at));
  }

  /** Computes n results from element {@code from} of the output on, into target[at …]. */
  @FunctionalInterface
  private interface Body {
    void compute(int from, float[] target, int at, int n);
  }

  private void apply(Span out, boolean accumulate, Body body) {
    float[] values = CpuBuffer.floats(out);
    context.forEachChunk(
        out.length(),
        (from, to) -> {
          if (accumulate) {
            accumulate(values, out.offset(), from, to, body);
          } else {
            body.compute(from, values, out.offset() + from, to - from);
          }
        });
  }

  private void accumulate(float[] values, int offset, int from, int to, Body body) {
    float[] block = context.scratch().floats(Scratch.Slot.BLOCK, BLOCK);
    for (int i = from; i < to; i += BLOCK) {
      int n = Math.min(BLOCK, to - i);
      body.compute(i, block, 0, n);
      ops.binary(BinaryOp.ADD, values, offset + i, block, 0, values, offset + i, n);
    }
  }
}
