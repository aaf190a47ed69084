package org.oncilla.cpu;

import java.util.Arrays;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.BroadcastShape;
import org.oncilla.cpu.simd.ElementwiseOps;

/** Walks a broadcast index space row by row, a row being a stretch of its last axis. */
final class Broadcasting {
  private static final int BLOCK = 1024;

  private final CpuContext context;
  private final ElementwiseOps ops;
  private final BroadcastShape shape;
  private final BinaryOp op;
  private final int rowLength;
  private final int strideA;
  private final int strideB;

  Broadcasting(CpuContext context, BroadcastShape shape, BinaryOp op) {
    this.context = context;
    this.ops = context.simd().elementwise();
    this.shape = shape;
    this.op = op;
    int last = shape.sizes().length - 1;
    rowLength = shape.sizes()[last];
    strideA = shape.stridesA()[last];
    strideB = shape.stridesB()[last];
  }

  /** Computes output elements from … from+n−1 into out[at …]. */
  void compute(
      int from, int n, float[] a, int aOffset, float[] b, int bOffset, float[] out, int at) {
    int done = 0;
    while (done < n) {
      int row = (from + done) / rowLength;
      int column = (from + done) % rowLength;
      int length = Math.min(BLOCK, Math.min(rowLength - column, n - done));
      int atA = aOffset + rowStart(row, shape.stridesA()) + column * strideA;
      int atB = bOffset + rowStart(row, shape.stridesB()) + column * strideB;
      stretch(a, atA, b, atB, out, at + done, length);
      done += length;
    }
  }

  private int rowStart(int row, int[] strides) {
    int[] sizes = shape.sizes();
    int start = 0;
    int rest = row;
    for (int axis = sizes.length - 2; axis >= 0; axis--) {
      start += rest % sizes[axis] * strides[axis];
      rest /= sizes[axis];
    }
    return start;
  }

  private void stretch(float[] a, int atA, float[] b, int atB, float[] out, int at, int length) {
    float[] left = a;
    int leftAt = atA;
    if (strideA != 1) {
      left = context.scratch().floats(Scratch.Slot.OTHER_BLOCK, 2L * BLOCK);
      leftAt = 0;
      gather(a, atA, strideA, left, 0, length);
    }
    float[] right = b;
    int rightAt = atB;
    if (strideB != 1) {
      right = context.scratch().floats(Scratch.Slot.OTHER_BLOCK, 2L * BLOCK);
      rightAt = BLOCK;
      gather(b, atB, strideB, right, BLOCK, length);
    }
    ops.binary(op, left, leftAt, right, rightAt, out, at, length);
  }

  private static void gather(float[] from, int at, int stride, float[] to, int start, int length) {
    if (stride == 0) {
      Arrays.fill(to, start, start + length, from[at]);
      return;
    }
    for (int i = 0; i < length; i++) {
      to[start + i] = from[at + i * stride];
    }
  }
}
