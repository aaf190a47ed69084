package org.oncilla.cpu;

import static org.oncilla.backend.DType.FLOAT32;

import java.util.Arrays;
import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.PoolingKernels;
import org.oncilla.backend.PoolingShape;
import org.oncilla.backend.Span;

/** Pooling plane by plane, with loops of their own for windows of 2×2 that do not overlap. */
final class CpuPooling implements PoolingKernels {
  private final CpuContext context;

  CpuPooling(CpuContext context) {
    this.context = context;
  }

  /** Handles one plane: where its input and its output start. */
  @FunctionalInterface
  private interface Plane {
    void run(int in, int out);
  }

  private void forEachPlane(PoolingShape shape, int inOffset, int outOffset, Plane body) {
    int inPlane = shape.inHeight() * shape.inWidth();
    int outPlane = shape.outHeight() * shape.outWidth();
    context.forEachChunk(
        shape.batch() * shape.channels(),
        Math.max(1, CpuContext.CHUNK / inPlane),
        (from, to) -> {
          for (int plane = from; plane < to; plane++) {
            body.run(inOffset + plane * inPlane, outOffset + plane * outPlane);
          }
        });
  }

  @Override
  public void maxForward(PoolingShape shape, Span x, Span y, Span argmax) {
    ArgumentChecks.maxPooling(FLOAT32, shape, x, y, argmax);
    float[] in = CpuBuffer.floats(x);
    float[] out = CpuBuffer.floats(y);
    int[] winners = argmax == null ? null : CpuBuffer.ints(argmax);
    int shift = argmax == null ? 0 : argmax.offset() - y.offset();
    PoolingWindows windows = new PoolingWindows(shape);
    forEachPlane(
        shape,
        x.offset(),
        y.offset(),
        (from, to) -> {
          if (windows.areSquaresOfTwo()) {
            SquarePooling.max(shape, in, from, out, to, winners, to + shift);
          } else {
            windows.max(in, from, out, to, winners, to + shift);
          }
        });
  }

  @Override
  public void maxBackward(PoolingShape shape, Span dy, Span argmax, Span dx, boolean accumulate) {
    ArgumentChecks.maxPoolingBackward(FLOAT32, shape, dy, argmax, dx);
    float[] gradient = CpuBuffer.floats(dy);
    float[] result = CpuBuffer.floats(dx);
    int[] winners = CpuBuffer.ints(argmax);
    int shift = argmax.offset() - dy.offset();
    int inPlane = shape.inHeight() * shape.inWidth();
    int outPlane = shape.outHeight() * shape.outWidth();
    forEachPlane(
        shape,
        dx.offset(),
        dy.offset(),
        (to, from) -> {
          if (!accumulate) {
            Arrays.fill(result, to, to + inPlane, 0f);
          }
          for (int i = 0; i < outPlane; i++) {
            result[to + winners[from + shift + i]] += gradient[from + i];
          }
        });
  }

  @Override
  public void averageForward(PoolingShape shape, boolean countPadding, Span x, Span y) {
    ArgumentChecks.averagePooling(FLOAT32, shape, x, y);
    float[] in = CpuBuffer.floats(x);
    float[] out = CpuBuffer.floats(y);
    PoolingWindows windows = new PoolingWindows(shape);
    forEachPlane(
        shape,
        x.offset(),
        y.offset(),
        (from, to) -> {
          if (windows.areSquaresOfTwo()) {
            SquarePooling.average(shape, in, from, out, to);
          } else {
            windows.average(countPadding, in, from, out, to);
          }
        });
  }

  @Override
  public void averageBackward(
      PoolingShape shape, boolean countPadding, Span dy, Span dx, boolean accumulate) {
    ArgumentChecks.averagePoolingBackward(FLOAT32, shape, dy, dx);
    float[] gradient = CpuBuffer.floats(dy);
    float[] result = CpuBuffer.floats(dx);
    PoolingWindows windows = new PoolingWindows(shape);
    int inPlane = shape.inHeight() * shape.inWidth();
    forEachPlane(
        shape,
        dx.offset(),
        dy.offset(),
        (to, from) -> {
          if (windows.areSquaresOfTwo() && !accumulate) {
            SquarePooling.spread(shape, gradient, from, result, to);
            return;
          }
          if (!accumulate) {
            Arrays.fill(result, to, to + inPlane, 0f);
          }
          windows.spread(countPadding, gradient, from, result, to);
        });
  }
}
