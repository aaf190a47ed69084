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

  private Functions() {}

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
    };
  }
}
