package org.oncilla.cpu;

import static org.oncilla.backend.DType.FLOAT32;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.SoftmaxKernels;
import org.oncilla.backend.Span;
import org.oncilla.backend.UnaryOp;
import org.oncilla.cpu.simd.ElementwiseOps;
import org.oncilla.cpu.simd.ReductionOps;

/** Softmax and cross-entropy row by row; other axes are {@link ColumnSoftmax}. */
final class CpuSoftmax implements SoftmaxKernels {
  private final CpuContext context;
  private final ElementwiseOps elementwise;
  private final ReductionOps reductions;
  private final ColumnSoftmax columns;

  CpuSoftmax(CpuContext context) {
    this.context = context;
    this.elementwise = context.simd().elementwise();
    this.reductions = context.simd().reductions();
    this.columns = new ColumnSoftmax(context);
  }

  /** Runs a body for each row, many rows to a task. */
  private void forEachRow(int rows, int length, ThreadTeam.Task body) {
    context.forEachChunk(
        rows,
        Math.max(1, CpuContext.CHUNK / 4 / length),
        (from, to) -> {
          for (int row = from; row < to; row++) {
            body.run(row);
          }
        });
  }

  @Override
  public void forward(ReduceShape shape, boolean log, Span x, Span y) {
    ArgumentChecks.softmax(FLOAT32, shape, log, x, y);
    float[] in = CpuBuffer.floats(x);
    float[] out = CpuBuffer.floats(y);
    if (shape.inner() > 1) {
      columns.forward(shape, log, in, x.offset(), out, y.offset());
      return;
    }
    int n = shape.reduced();
    forEachRow(
        shape.outer(),
        n,
        row -> {
          int from = x.offset() + row * n;
          int to = y.offset() + row * n;
          if (log) {
            float lse = logSumExp(in, from, n);
            elementwise.affine(in, from, 1f, -lse, out, to, n);
            bound(reductions, in, from, out, to, n);
          } else {
            float max = reductions.max(in, from, n);
            float sum = reductions.expSum(in, from, -max, out, to, n);
            elementwise.affine(out, to, 1f / sum, 0f, out, to, n);
          }
        });
  }

  /** Keeps the logarithms of the probabilities of finite logits finite; rarely has to. */
  static void bound(
      ReductionOps reductions, float[] logits, int lo, float[] logarithms, int o, int n) {
    if (reductions.min(logarithms, o, n) < -LARGEST) {
      for (int i = 0; i < n; i++) {
        logarithms[o + i] = -distance(-logarithms[o + i], logits[lo + i]);
      }
    }
  }

  /** The distance of a logit from the largest one; if the logit is finite, it has a limit. */
  private static float distance(float distance, float logit) {
    return distance > LARGEST && logit > Float.NEGATIVE_INFINITY ? LARGEST : distance;
  }

  private float logSumExp(float[] x, int from, int n) {
    float max = reductions.max(x, from, n);
    float[] exponentials = context.scratch().floats(Scratch.Slot.BLOCK, n);
    return max + (float) Math.log(reductions.expSum(x, from, -max, exponentials, 0, n));
  }

  @Override
  public void backward(
      ReduceShape shape, boolean log, Span y, Span dy, Span dx, boolean accumulate) {
    ArgumentChecks.softmaxBackward(FLOAT32, shape, log, y, dy, dx);
    float[] out = CpuBuffer.floats(y);
    float[] gradient = CpuBuffer.floats(dy);
    float[] result = CpuBuffer.floats(dx);
    if (shape.inner() > 1) {
      columns.backward(
          shape, log, out, y.offset(), gradient, dy.offset(), result, dx.offset(), accumulate);
      return;
    }
    int n = shape.reduced();
    forEachRow(
        shape.outer(),
        n,
        row ->
            backwardRow(
                log,
                out,
                y.offset() + row * n,
                gradient,
                dy.offset() + row * n,
                result,
                dx.offset() + row * n,
                n,
                accumulate));
  }

  private void backwardRow(
      boolean log,
      float[] y,
      int yo,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo,
      int n,
      boolean accumulate) {
    float[] block = context.scratch().floats(Scratch.Slot.BLOCK, n);
    if (log) {
      float sum = reductions.sum(dy, dyo, n);
      elementwise.unary(UnaryOp.EXP, y, yo, block, 0, n);
      elementwise.affine(block, 0, -sum, 0f, block, 0, n);
      elementwise.binary(BinaryOp.ADD, dy, dyo, block, 0, block, 0, n);
    } else {
      float dot = reductions.dot(y, yo, dy, dyo, n);
      elementwise.affine(dy, dyo, 1f, -dot, block, 0, n);
      elementwise.binary(BinaryOp.MULTIPLY, block, 0, y, yo, block, 0, n);
    }
    store(block, dx, dxo, n, accumulate);
  }

  private void store(float[] block, float[] out, int oo, int n, boolean accumulate) {
    if (accumulate) {
      elementwise.binary(BinaryOp.ADD, out, oo, block, 0, out, oo, n);
    } else {
      System.arraycopy(block, 0, out, oo, n);
    }
  }

  @Override
  public void crossEntropy(
      int rows, int classes, Span logits, Span labels, Span losses, Span logSumExp) {
    ArgumentChecks.crossEntropy(FLOAT32, rows, classes, logits, labels, losses, logSumExp);
    float[] x = CpuBuffer.floats(logits);
    int[] label = CpuBuffer.ints(labels);
    float[] loss = CpuBuffer.floats(losses);
    float[] lse = CpuBuffer.floats(logSumExp);
    forEachRow(
        rows,
        classes,
        row -> {
          int from = logits.offset() + row * classes;
          float value = logSumExp(x, from, classes);
          lse[logSumExp.offset() + row] = value;
          float logit = x[from + label[labels.offset() + row]];
          loss[losses.offset() + row] = distance(value - logit, logit);
        });
  }

  @Override
  public void crossEntropyBackward(
      int rows,
      int classes,
      Span logits,
      Span labels,
      Span logSumExp,
      Span dLosses,
      Span dLogits,
      boolean accumulate) {
    ArgumentChecks.crossEntropyBackward(
        FLOAT32, rows, classes, logits, labels, logSumExp, dLosses, dLogits);
    float[] x = CpuBuffer.floats(logits);
    int[] label = CpuBuffer.ints(labels);
    float[] lse = CpuBuffer.floats(logSumExp);
    float[] gradient = CpuBuffer.floats(dLosses);
    float[] out = CpuBuffer.floats(dLogits);
    forEachRow(
        rows,
        classes,
        row -> {
          float[] block = context.scratch().floats(Scratch.Slot.BLOCK, classes);
          int at = logits.offset() + row * classes;
          reductions.expSum(x, at, -lse[logSumExp.offset() + row], block, 0, classes);
          block[label[labels.offset() + row]] -= 1f;
          float factor = gradient[dLosses.offset() + row];
          elementwise.affine(block, 0, factor, 0f, block, 0, classes);
          store(block, out, dLogits.offset() + row * classes, classes, accumulate);
        });
  }
}
