package org.oncilla.cpu.simd;

import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.UnaryOp;

/**
 * Functions of each of n consecutive elements. An output may be the same range as an input, but not
 * overlap it otherwise. The value of an element does not depend on where in the range it stands.
 */
public interface ElementwiseOps {
  /** out = scale·x + shift. */
  void affine(float[] x, int xo, float scale, float shift, float[] out, int oo, int n);

  /**
   * y = op(x).
   *
   * @param alpha the parameter of ops that have one; else ignored
   */
  void unary(UnaryOp op, float alpha, float[] x, int xo, float[] y, int yo, int n);

  /** y = op(x) for an op without a parameter. */
  default void unary(UnaryOp op, float[] x, int xo, float[] y, int yo, int n) {
    unary(op, 0f, x, xo, y, yo, n);
  }

  /** dx = dy·op′, from the output or the input, whichever {@code op} wants. */
  void unaryBackward(
      UnaryOp op,
      float alpha,
      float[] saved,
      int so,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo,
      int n);

  /** out = op(a, b). */
  void binary(BinaryOp op, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n);

  /** out = scale·x + out. */
  void scaledAdd(float scale, float[] x, int xo, float[] out, int oo, int n);

  /**
   * Copies the first {@code width} elements of each row to a dense block and adds a value:
   * to[toOffset + r·width + j] = from[fromOffset + r·fromStride + j] + shift. May read, but not
   * use, up to one register past the end of a row; {@code from} must be that long.
   */
  void copyRows(
      float[] from,
      int fromOffset,
      int fromStride,
      float[] to,
      int toOffset,
      int width,
      int rows,
      float shift);
}
