package org.oncilla.opencl;

import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.BroadcastShape;
import org.oncilla.backend.DType;
import org.oncilla.backend.ElementwiseKernels;
import org.oncilla.backend.Span;
import org.oncilla.backend.SpanChecks;
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
    check("fill", "out", out, out == null ? 0 : out.length());
    if (out.length() > 0) {
      enqueue(launch("fill", "fill").span(out).ints(out.length()).number(value), out.length());
    }
  }

  @Override
  public void affine(Span x, double scale, double shift, Span out, boolean accumulate) {
    check("affine", "out", out, out == null ? 0 : out.length());
    check("affine", "x", x, out.length());
    if (out.length() > 0) {
      enqueue(
          launch("affine", "affine")
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
  public void unary(UnaryOp op, Span x, Span y) {
    String operation = name(op);
    check(operation, "y", y, y == null ? 0 : y.length());
    check(operation, "x", x, y.length());
    if (y.length() > 0) {
      enqueue(launch(operation, kernel(op)).span(x).span(y).ints(y.length()), y.length());
    }
  }

  @Override
  public void unaryBackward(UnaryOp op, Span saved, Span dy, Span dx, boolean accumulate) {
    String operation = name(op) + " backward";
    check(operation, "dx", dx, dx == null ? 0 : dx.length());
    check(operation, "saved", saved, dx.length());
    check(operation, "dy", dy, dx.length());
    if (dx.length() > 0) {
      enqueue(
          launch(operation, kernel(op) + "_backward")
              .span(saved)
              .span(dy)
              .span(dx)
              .ints(dx.length())
              .flag(accumulate),
          dx.length());
    }
  }

  @Override
  public void binary(
      BinaryOp op, BroadcastShape shape, Span a, Span b, Span out, boolean accumulate) {
    String operation = op.name().toLowerCase(java.util.Locale.ROOT);
    int length = shape.length();
    check(operation, "out", out, length);
    checkOperand(operation, "a", a, shape.sizes(), shape.stridesA());
    checkOperand(operation, "b", b, shape.sizes(), shape.stridesB());
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

  private static void check(String operation, String argument, Span span, int length) {
    SpanChecks.require(operation, argument, span, DType.FLOAT32, length);
  }

  private static void checkOperand(
      String operation, String argument, Span span, int[] sizes, int[] strides) {
    check(operation, argument, span, span == null ? 0 : span.length());
    SpanChecks.requireStrided(operation, argument, span, 0, sizes, strides);
  }

  private static String name(UnaryOp op) {
    return op.name().toLowerCase(java.util.Locale.ROOT);
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
