package org.oncilla.backend;

/** Two-dimensional convolution and its three gradients; layouts as in {@link ConvolutionShape}. */
public interface ConvolutionKernels {
  /**
   * y[n,o,p,q] = Σ<sub>c,i,j</sub> x[n,c,p·s−pad+i·d,q·s−pad+j·d] · w[o,c,i,j], then the epilogue.
   *
   * @param shape sizes
   * @param x input [N,C,H,W]
   * @param w weights [O,C/groups,kH,kW]
   * @param y output [N,O,outH,outW]
   * @param epilogue bias of length O, activation, accumulation
   */
  void forward(ConvolutionShape shape, Span x, Span w, Span y, Epilogue epilogue);

  /**
   * The gradient with respect to the input.
   *
   * @param dy gradient of the output [N,O,outH,outW]
   * @param w weights
   * @param dx receives the gradient [N,C,H,W]
   * @param accumulate adds to dx instead of overwriting it
   */
  void backwardInput(ConvolutionShape shape, Span dy, Span w, Span dx, boolean accumulate);

  /**
   * The gradient with respect to the weights, summed over the batch in a fixed order.
   *
   * @param x input
   * @param dy gradient of the output
   * @param dw receives the gradient [O,C/groups,kH,kW]
   * @param accumulate adds to dw instead of overwriting it
   */
  void backwardWeight(ConvolutionShape shape, Span x, Span dy, Span dw, boolean accumulate);

  /**
   * The gradient with respect to the bias: dy summed over batch, rows and columns.
   *
   * @param dy gradient of the output
   * @param db receives the gradient, length O
   * @param accumulate adds to db instead of overwriting it
   */
  void backwardBias(ConvolutionShape shape, Span dy, Span db, boolean accumulate);
}
