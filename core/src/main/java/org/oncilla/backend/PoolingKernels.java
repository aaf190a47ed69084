package org.oncilla.backend;

/** Two-dimensional max and average pooling and their gradients. */
public interface PoolingKernels {
  /**
   * The largest element of each window; padding never wins, and a NaN in a window is its maximum.
   *
   * @param shape sizes
   * @param x input [N,C,H,W]
   * @param y output [N,C,outH,outW]
   * @param argmax {@link org.oncilla.backend.DType#INT32}, shaped as y: the index row·W + column,
   *     within its plane, of the first largest element in row-major order; null where no gradient
   *     is needed
   */
  void maxForward(PoolingShape shape, Span x, Span y, Span argmax);

  /**
   * Adds each output's gradient to the element that won; every other element gets 0.
   *
   * @param dy gradient of the output
   * @param argmax as {@link #maxForward} wrote it
   * @param dx receives the gradient of the input
   * @param accumulate adds to dx instead of overwriting it
   */
  void maxBackward(PoolingShape shape, Span dy, Span argmax, Span dx, boolean accumulate);

  /**
   * The mean of each window.
   *
   * @param countPadding whether padded zeros count in the divisor
   */
  void averageForward(PoolingShape shape, boolean countPadding, Span x, Span y);

  /** Spreads each output's gradient evenly over its window. */
  void averageBackward(
      PoolingShape shape, boolean countPadding, Span dy, Span dx, boolean accumulate);
}
