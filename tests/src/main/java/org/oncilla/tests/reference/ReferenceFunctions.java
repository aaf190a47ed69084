package org.oncilla.tests.reference;

import static org.oncilla.backend.UnaryOp.SELU_ALPHA;
import static org.oncilla.backend.UnaryOp.SELU_LAMBDA;

import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.UnaryOp;

/** The scalar functions behind {@link UnaryOp} and {@link BinaryOp}. */
final class ReferenceFunctions {
  private ReferenceFunctions() {}

  /** A function without a parameter. */
  static double apply(UnaryOp op, double x) {
    return apply(op, Double.NaN, x);
  }

  static double apply(UnaryOp op, double alpha, double x) {
    return switch (op) {
      case IDENTITY -> x;
      case RELU -> Math.max(x, 0);
      case TANH -> Math.tanh(x);
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case NEGATE -> -x;
      case EXP -> Math.exp(x);
      case LOG -> Math.log(x);
      case SQRT -> Math.sqrt(x);
      case SQUARE -> x * x;
      case ABS -> Math.abs(x);
      case RECIPROCAL -> 1 / x;
      case STEP -> x > 0 ? 1 : x <= 0 ? 0 : x;
      case LEAKY_RELU -> x > 0 ? x : alpha * x;
      case ELU -> x > 0 ? x : alpha * Math.expm1(x);
      case SELU -> SELU_LAMBDA * (x > 0 ? x : SELU_ALPHA * Math.expm1(x));
      case GELU -> x * NormalDistribution.cumulative(x);
      case SILU -> x / (1 + Math.exp(-x));
      case SOFTPLUS -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
      case HARD_SIGMOID -> Math.min(Math.max(x + 3, 0), 6) / 6;
    };
  }

  /** op′ from the output where {@link UnaryOp#gradientFromOutput()}, else from the input. */
  static double derivative(UnaryOp op, double alpha, double saved) {
    return switch (op) {
      case IDENTITY -> 1;
      case RELU -> saved > 0 ? 1 : 0;
      case TANH -> 1 - saved * saved;
      case SIGMOID -> saved * (1 - saved);
      case NEGATE -> -1;
      case EXP -> saved;
      case LOG -> 1 / saved;
      case SQRT -> 1 / (2 * saved);
      case SQUARE -> 2 * saved;
      case ABS -> Math.signum(saved);
      case RECIPROCAL -> -saved * saved;
      case STEP -> 0;
      case LEAKY_RELU -> saved > 0 ? 1 : alpha;
      case ELU -> saved > 0 ? 1 : alpha * Math.exp(saved);
      case SELU -> SELU_LAMBDA * (saved > 0 ? 1 : SELU_ALPHA * Math.exp(saved));
      case GELU -> NormalDistribution.cumulative(saved) + saved * NormalDistribution.density(saved);
      case SILU -> siluSlope(saved);
      case SOFTPLUS -> 1 / (1 + Math.exp(-saved));
      case HARD_SIGMOID -> saved > -3 && saved < 3 ? 1 / 6.0 : 0;
    };
  }

  private static double siluSlope(double x) {
    double s = 1 / (1 + Math.exp(-x));
    return s + x * s / (1 + Math.exp(x));
  }

  static double apply(BinaryOp op, double a, double b) {
    return switch (op) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MAXIMUM -> Math.max(a, b);
      case MINIMUM -> Math.min(a, b);
      case EQUAL -> a == b ? 1 : 0;
      case GREATER -> a > b ? 1 : 0;
    };
  }

  /** Whether {@code x} takes the place of the largest so far; the first NaN wins and stays. */
  static boolean exceeds(double x, double largest) {
    return x > largest || Double.isNaN(x) && !Double.isNaN(largest);
  }
}
