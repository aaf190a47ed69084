package org.oncilla.tests.reference;

import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.UnaryOp;

/** The scalar functions behind {@link UnaryOp} and {@link BinaryOp}. */
final class ReferenceFunctions {
  private ReferenceFunctions() {}

  static double apply(UnaryOp op, double x) {
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
    };
  }

  /** op′ from the output where {@link UnaryOp#gradientFromOutput()}, else from the input. */
  static double derivative(UnaryOp op, double saved) {
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
    };
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
