package org.oncilla.backend;

import java.util.Locale;

/**
 * Element-wise functions of one argument, activations among them. Each one says whether its
 * derivative is computed from its output y or from its input x, so that autograd saves the right
 * one.
 *
 * <p>Outputs and derivatives are finite for every finite x, but for what leaves the range of the
 * values by itself (such as e<sup>x</sup>, or the factor 1.05 of SELU).
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
  RECIPROCAL(true, false),
  /** y = 1 where x &gt; 0, else 0; NaN stays NaN. dy/dx = 0. */
  STEP(true, false),
  /** y = x where x &gt; 0, else α·x, with a slope α ≥ 0; dy/dx = 1 where y &gt; 0, else α. */
  LEAKY_RELU(true, false, true),
  /**
   * The exponential linear unit (Clevert and others, 2016): y = x where x &gt; 0, else
   * α·(e<sup>x</sup> − 1), with α ≥ 0; dy/dx = 1 where x &gt; 0, else α·e<sup>x</sup>.
   */
  ELU(false, false, true),
  /**
   * The scaled exponential linear unit (Klambauer and others, 2017), λ·ELU with λ = {@value
   * #SELU_LAMBDA} and α = {@value #SELU_ALPHA}.
   */
  SELU(false, false),
  /**
   * The Gaussian error linear unit (Hendrycks and Gimpel, 2016), exact: y = x·Φ(x), with the
   * standard normal distribution Φ(x) = (1 + erf(x/√2)) / 2 and its density φ; dy/dx = Φ(x) +
   * x·φ(x). NaN at −∞.
   */
  GELU(false, false),
  /**
   * The sigmoid linear unit, or swish: y = x·s with s = 1 / (1 + e<sup>−x</sup>), dy/dx = s +
   * x·s·(1 − s). NaN at −∞.
   */
  SILU(false, false),
  /** y = ln(1 + e<sup>x</sup>), dy/dx = 1 / (1 + e<sup>−x</sup>). */
  SOFTPLUS(false, false),
  /** y = x/6 + 1/2 limited to [0, 1]; dy/dx = 1/6 where −3 &lt; x &lt; 3, else 0. */
  HARD_SIGMOID(false, false);

  /** λ of {@link #SELU}. */
  public static final double SELU_LAMBDA = 1.0507009873554805;

  /** α of {@link #SELU}. */
  public static final double SELU_ALPHA = 1.6732632423543772;

  private final boolean gradientFromOutput;
  private final boolean fusable;
  private final boolean takesAlpha;

  UnaryOp(boolean gradientFromOutput, boolean fusable) {
    this(gradientFromOutput, fusable, false);
  }

  UnaryOp(boolean gradientFromOutput, boolean fusable, boolean takesAlpha) {
    this.gradientFromOutput = gradientFromOutput;
    this.fusable = fusable;
    this.takesAlpha = takesAlpha;
  }

  /** Whether the derivative is a function of the output (else of the input). */
  public boolean gradientFromOutput() {
    return gradientFromOutput;
  }

  /** Whether an {@link Epilogue} may apply it. */
  public boolean isFusable() {
    return fusable;
  }

  /** Whether it has a parameter α, finite and at least 0. */
  public boolean takesAlpha() {
    return takesAlpha;
  }

  /** The name in messages, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
