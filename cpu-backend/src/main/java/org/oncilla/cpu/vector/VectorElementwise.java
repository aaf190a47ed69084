package org.oncilla.cpu.vector;

import static org.oncilla.cpu.vector.VectorMath.LANES;
import static org.oncilla.cpu.vector.VectorMath.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.UnaryOp;
import org.oncilla.cpu.simd.ElementwiseOps;
import org.oncilla.cpu.simd.ScalarElementwise;

/**
 * {@link ElementwiseOps} in whole registers; the scalar implementation, which gives the same bits,
 * does what remains.
 */
final class VectorElementwise implements ElementwiseOps {
  private final ScalarElementwise rest = new ScalarElementwise();

  @Override
  public void affine(float[] x, int xo, float scale, float shift, float[] out, int oo, int n) {
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    FloatVector summand = FloatVector.broadcast(SPECIES, shift);
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      factor.fma(FloatVector.fromArray(SPECIES, x, xo + i), summand).intoArray(out, oo + i);
    }
    rest.affine(x, xo + whole, scale, shift, out, oo + whole, n - whole);
  }

  @Override
  public void scaledAdd(float scale, float[] x, int xo, float[] out, int oo, int n) {
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      factor
          .fma(
              FloatVector.fromArray(SPECIES, x, xo + i),
              FloatVector.fromArray(SPECIES, out, oo + i))
          .intoArray(out, oo + i);
    }
    rest.scaledAdd(scale, x, xo + whole, out, oo + whole, n - whole);
  }

  @Override
  public void unary(UnaryOp op, float alpha, float[] x, int xo, float[] y, int yo, int n) {
    int done = VectorUnary.apply(op, alpha, x, xo, y, yo, n);
    rest.unary(op, alpha, x, xo + done, y, yo + done, n - done);
  }

  @Override
  public void unaryBackward(
      UnaryOp op,
      float alpha,
      float[] saved,
      int so,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo,
      int n) {
    int done = VectorUnaryGradient.apply(op, alpha, saved, so, dy, dyo, dx, dxo, n);
    rest.unaryBackward(op, alpha, saved, so + done, dy, dyo + done, dx, dxo + done, n - done);
  }

  @Override
  public void binary(
      BinaryOp op, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int done = VectorBinary.apply(op, a, ao, b, bo, out, oo, n);
    rest.binary(op, a, ao + done, b, bo + done, out, oo + done, n - done);
  }

  @Override
  public void copyRows(
      float[] from,
      int fromOffset,
      int fromStride,
      float[] to,
      int toOffset,
      int width,
      int rows,
      float shift) {
    // A row's last register may spill into the next row, which is written after it, but not past
    // the end of the block.
    int end = toOffset + rows * width;
    FloatVector summand = FloatVector.broadcast(SPECIES, shift);
    for (int r = 0; r < rows; r++) {
      int source = fromOffset + r * fromStride;
      int target = toOffset + r * width;
      int j = 0;
      for (; j < width && target + j + LANES <= end; j += LANES) {
        FloatVector.fromArray(SPECIES, from, source + j).add(summand).intoArray(to, target + j);
      }
      for (; j < width; j++) {
        to[target + j] = from[source + j] + shift;
      }
    }
  }
}
