package org.oncilla.tests.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Tensor;

/** Functions of one and of two arguments, with every kind of broadcast. */
final class ElementwiseCases {
  private static final int[][][] PAIRS = {
    {{3, 4}, {3, 4}},
    {{3, 4}, {4}},
    {{4}, {3, 4}},
    {{3, 1}, {1, 4}},
    {{2, 3, 4}, {3, 1}},
    {{3, 1}, {2, 3, 4}},
    {{}, {2, 3}},
    {{2, 3}, {}},
    {{}, {}},
    {{2, 1, 3, 1}, {4, 1, 5}},
    {{1}, {1, 1}},
    {{2, 3, 1, 1}, {2, 3, 4, 5}},
    {{2, 1, 2, 1, 2, 1}, {1, 2, 1, 2, 1, 2}},
  };

  private ElementwiseCases() {}

  private record Binary(String name, OperationCase.Call call, DoubleBinaryOperator function) {}

  static List<OperationCase> all() {
    Draw draw = new Draw(14);
    List<OperationCase> cases = new ArrayList<>();
    for (UnaryOp op : UnaryOp.values()) {
      cases.add(unary(draw, op, 3, 4, 5));
      cases.add(unary(draw, op));
    }
    cases.add(scalar(draw, "add 2.5", x -> x[0].add(2.5), v -> v + 2.5));
    cases.add(scalar(draw, "sub 2.5", x -> x[0].sub(2.5), v -> v - 2.5));
    cases.add(scalar(draw, "mul 2.5", x -> x[0].mul(2.5), v -> v * 2.5));
    cases.add(scalar(draw, "div 2.5", x -> x[0].div(2.5), v -> v / 2.5));
    for (int[][] pair : PAIRS) {
      for (Binary op : differentiable()) {
        cases.add(binary(op, draw.values(pair[0]), denominator(op, draw, pair[1]), true));
      }
      cases.add(binary(greater(), draw.ties(pair[0]), draw.ties(pair[1]), false));
      cases.add(binary(equal(), draw.ties(pair[0]), draw.ties(pair[1]), false));
    }
    return cases;
  }

  private static List<Binary> differentiable() {
    return List.of(
        new Binary("add", x -> x[0].add(x[1]), (a, b) -> a + b),
        new Binary("sub", x -> x[0].sub(x[1]), (a, b) -> a - b),
        new Binary("mul", x -> x[0].mul(x[1]), (a, b) -> a * b),
        new Binary("div", x -> x[0].div(x[1]), (a, b) -> a / b),
        new Binary("maximum", x -> x[0].maximum(x[1]), (a, b) -> a < b ? b : a),
        new Binary("minimum", x -> x[0].minimum(x[1]), (a, b) -> a < b ? a : b));
  }

  private static Binary greater() {
    return new Binary("gt", x -> x[0].gt(x[1]), (a, b) -> a > b ? 1 : 0);
  }

  private static Binary equal() {
    return new Binary("eq", x -> x[0].eq(x[1]), (a, b) -> a == b ? 1 : 0);
  }

  private static HostTensor denominator(Binary op, Draw draw, int[] sizes) {
    return op.name().equals("div") ? draw.positive(sizes) : draw.values(sizes);
  }

  private static OperationCase binary(
      Binary op, HostTensor a, HostTensor b, boolean differentiable) {
    return new OperationCase(
        op.name() + " " + Arrays.toString(a.sizes()) + " " + Arrays.toString(b.sizes()),
        List.of(a, b),
        op.call(),
        x ->
            HostTensor.fill(
                stretched(a.sizes(), b.sizes()),
                at -> op.function().applyAsDouble(x[0].stretchedAt(at), x[1].stretchedAt(at))),
        differentiable);
  }

  private static int[] stretched(int[] a, int[] b) {
    int rank = Math.max(a.length, b.length);
    int[] sizes = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      int inA = axis - rank + a.length;
      int inB = axis - rank + b.length;
      sizes[axis] = Math.max(inA < 0 ? 1 : a[inA], inB < 0 ? 1 : b[inB]);
    }
    return sizes;
  }

  private static OperationCase unary(Draw draw, UnaryOp op, int... sizes) {
    boolean needsPositive = op == UnaryOp.LOG || op == UnaryOp.SQRT || op == UnaryOp.RECIPROCAL;
    HostTensor x = needsPositive ? draw.positive(sizes) : draw.values(sizes);
    DoubleUnaryOperator function = Functions.function(op);
    return new OperationCase(
        op.name().toLowerCase(java.util.Locale.ROOT) + " " + Arrays.toString(sizes),
        List.of(x),
        t -> named(op, t[0]),
        h -> h[0].map(function));
  }

  /** By the method of its own where there is one. */
  private static Tensor named(UnaryOp op, Tensor x) {
    return switch (op) {
      case RELU -> x.relu();
      case TANH -> x.tanh();
      case SIGMOID -> x.sigmoid();
      case NEGATE -> x.neg();
      case EXP -> x.exp();
      case LOG -> x.log();
      case SQRT -> x.sqrt();
      case SQUARE -> x.square();
      case ABS -> x.abs();
      case STEP -> x.step();
      case LEAKY_RELU -> x.leakyRelu(Functions.ALPHA);
      case ELU -> x.elu(Functions.ALPHA);
      case SELU -> x.selu();
      case GELU -> x.gelu();
      case SILU -> x.silu();
      case SOFTPLUS -> x.softplus();
      case HARD_SIGMOID -> x.hardSigmoid();
      case IDENTITY, RECIPROCAL -> x.map(op);
    };
  }

  private static OperationCase scalar(
      Draw draw, String name, OperationCase.Call call, DoubleUnaryOperator function) {
    return new OperationCase(name, List.of(draw.values(2, 3, 5)), call, x -> x[0].map(function));
  }
}
