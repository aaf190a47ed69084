package org.oncilla.tests.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.oncilla.backend.UnaryOp;

/** The functions of one argument in plain Java. */
final class Functions {
  /** What products and convolutions can fuse. */
  static final List<UnaryOp> FUSABLE =
      Arrays.stream(UnaryOp.values()).filter(UnaryOp::isFusable).toList();

  /** Of the functions that have a parameter. */
  static final double ALPHA = 0.3;

  private Functions() {}

  /** The Taylor series, for small arguments. */
  private static double erf(double z) {
    double power = z;
    double sum = 0;
    for (int n = 0; n < 60; n++) {
      sum += power / (2 * n + 1);
      power *= -z * z / (n + 1);
    }
    return sum * 2 / Math.sqrt(Math.PI);
  }

  static DoubleUnaryOperator function(UnaryOp op) {
    return switch (op) {
      case IDENTITY -> x -> x;
      case RELU -> x -> x > 0 ? x : 0;
      case TANH -> x -> 1 - 2 / (Math.exp(2 * x) + 1);
      case SIGMOID -> x -> 1 / (1 + Math.exp(-x));
      case NEGATE -> x -> -x;
      case EXP -> Math::exp;
      case LOG -> Math::log;
      case SQRT -> Math::sqrt;
      case SQUARE -> x -> x * x;
      case ABS -> x -> x < 0 ? -x : x;
      case RECIPROCAL -> x -> 1 / x;
      case STEP -> x -> x > 0 ? 1 : 0;
      case LEAKY_RELU -> x -> Math.max(x, ALPHA * x);
      case ELU -> x -> x > 0 ? x : ALPHA * (Math.exp(x) - 1);
      case SELU -> x -> 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.exp(x) - 1));
      case GELU -> x -> x / 2 * (1 + erf(x / Math.sqrt(2)));
      case SILU -> x -> x / (1 + Math.exp(-x));
      case SOFTPLUS -> x -> Math.log(1 + Math.exp(x));
      case HARD_SIGMOID -> x -> Math.max(0, Math.min(1, x / 6 + 0.5));
    };
  }
}
