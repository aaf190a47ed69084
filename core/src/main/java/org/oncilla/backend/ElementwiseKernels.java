package org.oncilla.backend;

/**
 * Functions applied to each element. An output may be the same span as an input (in place), but not
 * overlap it otherwise.
 */
public interface ElementwiseKernels {
  /** out[i] = value. */
  void fill(Span out, double value);

  /**
   * out[i] = scale·x[i] + shift, or added to out.
   *
   * @param accumulate adds to out instead of overwriting it
   */
  void affine(Span x, double scale, double shift, Span out, boolean accumulate);

  /**
   * y[i] = op(x[i]).
   *
   * @param alpha of ops that {@linkplain UnaryOp#takesAlpha() have a parameter}; else ignored
   */
  void unary(UnaryOp op, double alpha, Span x, Span y);

  /**
   * dx[i] = dy[i] · op′.
   *
   * @param alpha of ops that {@linkplain UnaryOp#takesAlpha() have a parameter}; else ignored
   * @param saved the output y where {@link UnaryOp#gradientFromOutput()}, else the input x
   * @param dy gradient of the output
   * @param dx receives the gradient of the input
   * @param accumulate adds to dx instead of overwriting it
   */
  void unaryBackward(UnaryOp op, double alpha, Span saved, Span dy, Span dx, boolean accumulate);

  /**
   * out = op(a, b) with broadcasting.
   *
   * @param shape output sizes and operand strides
   * @param out {@code shape.length()} elements
   * @param accumulate adds to out instead of overwriting it
   */
  void binary(BinaryOp op, BroadcastShape shape, Span a, Span b, Span out, boolean accumulate);
}
