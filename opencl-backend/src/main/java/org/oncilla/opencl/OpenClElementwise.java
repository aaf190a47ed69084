package org.oncilla.opencl;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.BroadcastShape;
import org.oncilla.backend.DType;
import org.oncilla.backend.ElementwiseKernels;
import org.oncilla.backend.Span;
import org.oncilla.backend.UnaryOp;

/** Element-wise functions by elementwise.cl. */
final class OpenClElementwise implements ElementwiseKernels {
  private final OpenClRuntime runtime;
  private final OpenClPrograms.ProgramKey program;

  OpenClElementwise(OpenClRuntime runtime) {
    this.runtime = runtime;
    program = runtime.program("elementwise", runtime.profile().lanesOption());
  }

  @Override
  public void fill(Span out, double value) {
    String operation = ArgumentChecks.fill(DType.FLOAT32, out);
    if (out.length() > 0) {
      enqueue(launch(operation, "fill").span(out).ints(out.length()).number(value), out.length());
    }
  }

  @Override
  public void affine(Span x, double scale, double shift, Span out, boolean accumulate) {
    String operation = ArgumentChecks.affine(DType.FLOAT32, x, out);
    if (out.length() > 0) {
      enqueue(
          launch(operation, "affine")
              .span(x)
              .span(out)
              .ints(out.length())
              .number(scale)
              .number(shift)
              .flag(accumulate),
          out.length());
    }
  }

  @Override
  public void unary(UnaryOp op, double alpha, Span x, Span y) {
    String operation = ArgumentChecks.unary(DType.FLOAT32, op, alpha, x, y);
    if (y.length() > 0) {
      enqueue(
          launch(operation, kernel(op)).span(x).span(y).ints(y.length()).number(alpha), y.length());
    }
  }

  @Override
  public void unaryBackward(
      UnaryOp op, double alpha, Span saved, Span dy, Span dx, boolean accumulate) {
    String operation = ArgumentChecks.unaryBackward(DType.FLOAT32, op, alpha, saved, dy, dx);
    if (dx.length() > 0) {
      enqueue(
          launch(operation, kernel(op) + "_backward")
              .span(saved)
              .span(dy)
              .span(dx)
              .ints(dx.length())
              .number(alpha)
              .flag(accumulate),
          dx.length());
    }
  }

  @Override
  public void binary(
      BinaryOp op, BroadcastShape shape, Span a, Span b, Span out, boolean accumulate) {
    String operation = ArgumentChecks.binary(DType.FLOAT32, op, shape, a, b, out);
    int length = shape.length();
    boolean plain = shape.isElementwise();
    OpenClLauncher.Launch launch =
        launch(operation, plain ? kernel(op) : kernel(op) + "_broadcast")
            .span(a)
            .span(b)
            .span(out)
            .ints(length)
            .flag(accumulate);
    enqueue(plain ? launch : launch.ints(broadcast(shape)), length);
  }

  private static int[] broadcast(BroadcastShape shape) {
    KernelStruct struct = new KernelStruct();
    StridedAxes.appendSizes(struct, shape.sizes());
    StridedAxes.appendStrides(struct, shape.stridesA());
    StridedAxes.appendStrides(struct, shape.stridesB());
    return struct.toArray();
  }

  private OpenClLauncher.Launch launch(String operation, String kernel) {
    return runtime.launch(operation, program, kernel);
  }

  private void enqueue(OpenClLauncher.Launch launch, int length) {
    int lanes = runtime.profile().lanes();
    launch.enqueueFlexibly((length - 1) / lanes + 1, runtime.profile().group());
  }

  private static String kernel(UnaryOp op) {
    return switch (op) {
      case IDENTITY -> "identity";
      case RELU -> "relu_each";
      case TANH -> "tanh_each";
      case SIGMOID -> "sigmoid_each";
      case NEGATE -> "negate";
      case EXP -> "exp_each";
      case LOG -> "log_each";
      case SQRT -> "sqrt_each";
      case SQUARE -> "square";
      case ABS -> "abs_each";
      case RECIPROCAL -> "reciprocal";
      case STEP -> "step_each";
      case LEAKY_RELU -> "leaky_relu";
      case ELU -> "elu";
      case SELU -> "selu";
      case GELU -> "gelu_each";
      case SILU -> "silu_each";
      case SOFTPLUS -> "softplus_each";
      case HARD_SIGMOID -> "hard_sigmoid_each";
    };
  }

  private static String kernel(BinaryOp op) {
    return switch (op) {
      case ADD -> "add";
      case SUBTRACT -> "subtract";
      case MULTIPLY -> "multiply";
      case DIVIDE -> "divide_each";
      case MAXIMUM -> "maximum";
      case MINIMUM -> "minimum";
      case EQUAL -> "equal";
      case GREATER -> "greater";
    };
  }
}
