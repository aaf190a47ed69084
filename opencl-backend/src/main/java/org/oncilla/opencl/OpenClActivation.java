package org.oncilla.opencl;

import org.oncilla.backend.UnaryOp;

/** The numbers by which common.cl knows the functions of an epilogue. */
final class OpenClActivation {
  private OpenClActivation() {}

  /** The number of a fusable function. */
  static int code(UnaryOp op) {
    return switch (op) {
      case IDENTITY -> 0;
      case RELU -> 1;
      case TANH -> 2;
      case SIGMOID -> 3;
      default -> throw new IllegalArgumentException("no epilogue fuses " + op);
    };
  }
}
