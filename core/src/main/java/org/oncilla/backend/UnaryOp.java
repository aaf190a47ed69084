package org.oncilla.backend;

import java.util.Locale;

/**
 * Element-wise functions of one argument, activations among them. Each one says whether its
 * derivative is computed from its output y or from its input x, so that autograd saves the right
 * one.
 */
public enum UnaryOp {
  /** y = x. */
  IDENTITY(true, true),
  /** y = max(x, 0), dy/dx = [y &gt; 0]; NaN stays NaN. */
  RELU(true, true),
  /** y = tanh(x), dy/dx = 1 − y². */
  TANH(true, true),
  /** y = 1 / (1 + e<sup>−x</sup>), dy/dx = y (1 − y); finite for every finite x. */
  SIGMOID(true, true),
  /** y = −x, dy/dx = −1. */
  NEGATE(true, false),
  /** y = e<sup>x</sup>, dy/dx = y. */
  EXP(true, false),
  /** y = ln x, dy/dx = 1/x. */
  LOG(false, false),
  /** y = √x, dy/dx = 1/(2y). */
  SQRT(true, false),
  /** y = x², dy/dx = 2x. */
  SQUARE(false, false),
  /** y = |x|, dy/dx = sign(x), 0 at 0. */
  ABS(false, false),
  /** y = 1/x, dy/dx = −y². */
  RECIPROCAL(true, false);

  private final boolean gradientFromOutput;
  private final boolean fusable;

  UnaryOp(boolean gradientFromOutput, boolean fusable) {
    this.gradientFromOutput = gradientFromOutput;
    this.fusable = fusable;
  }

  /** Whether the derivative is a function of the output (else of the input). */
  public boolean gradientFromOutput() {
    return gradientFromOutput;
  }

  /** Whether an {@link Epilogue} may apply it. */
  public boolean isFusable() {
    return fusable;
  }

  /** The name in messages, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
