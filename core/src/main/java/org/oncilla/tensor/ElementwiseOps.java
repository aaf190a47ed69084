package org.oncilla.tensor;

import java.util.Locale;
import org.oncilla.backend.Backend;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.BroadcastShape;
import org.oncilla.backend.Span;
import org.oncilla.backend.UnaryOp;

/** Functions of each element and their gradients. */
final class ElementwiseOps {
  private static final double NO_PARAMETER = 0;

  private ElementwiseOps() {}

  static Tensor unary(UnaryOp op, Tensor x) {
    if (op.takesAlpha()) {
      throw new IllegalArgumentException(
          op + ": needs its parameter alpha; call map(UnaryOp." + op.name() + ", alpha)");
    }
    return unary(op, NO_PARAMETER, x);
  }

  static Tensor unary(UnaryOp op, double alpha, Tensor x) {
    String name = op.name().toLowerCase(Locale.ROOT);
    Operands.values(name, x);
    Backend backend = x.backend();
    Tensor y = create(name, x, span -> backend.elementwise().unary(op, alpha, x.span(), span));
    return Node.record(
        name,
        y,
        new Tensor[] {x},
        new Tensor[] {op.gradientFromOutput() ? y : x},
        (dy, node) ->
            node.into(
                0,
                (dx, add) ->
                    backend
                        .elementwise()
                        .unaryBackward(op, alpha, node.saved(0).span(), dy.span(), dx, add)));
  }

  /** scale·x + shift, under the name of the method that asked. */
  static Tensor affine(String name, Tensor x, double scale, double shift) {
    Operands.values(name, x);
    Backend backend = x.backend();
    Tensor y =
        create(name, x, span -> backend.elementwise().affine(x.span(), scale, shift, span, false));
    return Node.record(
        name,
        y,
        new Tensor[] {x},
        new Tensor[0],
        (dy, node) ->
            node.into(0, (dx, add) -> backend.elementwise().affine(dy.span(), scale, 0, dx, add)));
  }

  static Tensor binary(BinaryOp op, Tensor a, Tensor b) {
    String name = op.name().toLowerCase(Locale.ROOT);
    Operands.same(name, a, b);
    Shape result = Broadcasting.result(name, a.shape(), b.shape());
    Tensor out = apply(op, a, b, result);
    Tensor[] inputs = {a, b};
    Shape shapeA = a.shape();
    Shape shapeB = b.shape();
    return switch (op) {
      case ADD, SUBTRACT ->
          Node.record(
              name,
              out,
              inputs,
              new Tensor[0],
              (dy, node) -> {
                contribute(node, 0, dy, shapeA, 1);
                contribute(node, 1, dy, shapeB, op == BinaryOp.ADD ? 1 : -1);
              });
      case MULTIPLY ->
          Node.record(
              name,
              out,
              inputs,
              inputs,
              (dy, node) -> {
                product(node, 0, dy, node.saved(1), shapeA, 1);
                product(node, 1, dy, node.saved(0), shapeB, 1);
              });
      case DIVIDE ->
          Node.record(
              name,
              out,
              inputs,
              new Tensor[] {b, out},
              (dy, node) -> {
                try (Tensor quotient = apply(BinaryOp.DIVIDE, dy, node.saved(0), result)) {
                  contribute(node, 0, quotient, shapeA, 1);
                  product(node, 1, quotient, node.saved(1), shapeB, -1);
                }
              });
      case MAXIMUM, MINIMUM ->
          Node.record(
              name,
              out,
              inputs,
              inputs,
              (dy, node) -> {
                boolean max = op == BinaryOp.MAXIMUM;
                Tensor p = node.saved(max ? 0 : 1);
                Tensor q = node.saved(max ? 1 : 0);
                chosen(node, 0, dy, p, q, shapeA);
                chosen(node, 1, dy, q, p, shapeB);
              });
      case EQUAL, GREATER -> out;
    };
  }

  /** What an operation with a fused activation saves: its inputs, and its output if need be. */
  static Tensor[] savedBy(UnaryOp activation, Tensor y, Tensor x, Tensor weight) {
    return activation == UnaryOp.IDENTITY ? new Tensor[] {x, weight} : new Tensor[] {x, weight, y};
  }

  /** Applies an activation in place, where an operation's kernel has none to fuse. */
  static void activate(Backend backend, UnaryOp activation, Span y) {
    if (activation != UnaryOp.IDENTITY) {
      backend.elementwise().unary(activation, NO_PARAMETER, y, y);
    }
  }

  /**
   * The gradient before a fused activation, as a tensor to close: dy·activation′(y), or dy itself.
   *
   * @param y index of the output among what the node saved
   */
  static Tensor beforeActivation(UnaryOp activation, Tensor dy, Node node, int y) {
    if (activation == UnaryOp.IDENTITY) {
      return dy.alias(dy.shape());
    }
    Span saved = node.saved(y).span();
    return create(
        "activation gradient",
        dy,
        span ->
            dy.backend()
                .elementwise()
                .unaryBackward(activation, NO_PARAMETER, saved, dy.span(), span, false));
  }

  /** Broadcasting application without recording. */
  static Tensor apply(BinaryOp op, Tensor a, Tensor b, Shape result) {
    Backend backend = a.backend();
    BroadcastShape shape = Broadcasting.merged(result, a.shape(), b.shape());
    return Tensor.create(
        backend,
        backend.floatType(),
        result,
        op.name().toLowerCase(Locale.ROOT),
        span -> backend.elementwise().binary(op, shape, a.span(), b.span(), span, false));
  }

  /** Adds scale·gradient to an input of the given shape, summed over the axes it was stretched. */
  static void contribute(Node node, int input, Tensor gradient, Shape shape, double scale) {
    Backend backend = gradient.backend();
    if (!gradient.shape().equals(shape)) {
      node.into(
          input, (d, add) -> ReductionOps.sumTo(gradient, gradient.shape(), shape, scale, d, add));
    } else if (scale == 1) {
      node.pass(input, gradient);
    } else {
      node.into(input, (d, add) -> backend.elementwise().affine(gradient.span(), scale, 0, d, add));
    }
  }

  private static void product(
      Node node, int input, Tensor dy, Tensor factor, Shape shape, double scale) {
    if (!node.needs(input)) {
      return;
    }
    Backend backend = dy.backend();
    if (scale == 1 && dy.shape().equals(shape)) {
      BroadcastShape merged = Broadcasting.merged(shape, shape, factor.shape());
      node.into(
          input,
          (d, add) ->
              backend
                  .elementwise()
                  .binary(BinaryOp.MULTIPLY, merged, dy.span(), factor.span(), d, add));
      return;
    }
    try (Tensor gradient = apply(BinaryOp.MULTIPLY, dy, factor, dy.shape())) {
      contribute(node, input, gradient, shape, scale);
    }
  }

  /** The share of an operand of maximum or minimum: all where p is greater, half where equal. */
  private static void chosen(Node node, int input, Tensor dy, Tensor p, Tensor q, Shape shape) {
    if (!node.needs(input)) {
      return;
    }
    try (Tensor share = apply(BinaryOp.GREATER, p, q, dy.shape());
        Tensor tied = apply(BinaryOp.EQUAL, p, q, dy.shape())) {
      dy.backend().elementwise().affine(tied.span(), 0.5, 0, share.span(), true);
      product(node, input, dy, share, shape, 1);
    }
  }

  private static Tensor create(String name, Tensor like, Tensor.Kernel kernel) {
    Backend backend = like.backend();
    return Tensor.create(backend, backend.floatType(), like.shape(), name, kernel);
  }
}
