package org.oncilla.tensor;

import org.oncilla.backend.Backend;
import org.oncilla.backend.DType;
import org.oncilla.backend.PoolingShape;
import org.oncilla.backend.Span;

/** Pooling and its gradients. */
final class PoolingOps {
  private PoolingOps() {}

  static Tensor max(Tensor x, Pool2dOptions options) {
    Operands.values("maxPool2d", x);
    PoolingShape shape = shape("maxPool2d", x, options);
    Backend backend = x.backend();
    Shape result = result(shape);
    if (!x.requiresGrad() || NoGrad.isActive()) {
      return Tensor.create(
          backend,
          backend.floatType(),
          result,
          "maxPool2d",
          span -> backend.pooling().maxForward(shape, x.span(), span, null));
    }
    try (Tensor argmax = Tensor.allocate(backend, DType.INT32, result, "maxPool2d argmax")) {
      Tensor y =
          Tensor.create(
              backend,
              backend.floatType(),
              result,
              "maxPool2d",
              span -> backend.pooling().maxForward(shape, x.span(), span, argmax.span()));
      return Node.record(
          "maxPool2d",
          y,
          new Tensor[] {x},
          new Tensor[] {argmax},
          (dy, node) -> {
            Span winners = node.saved(0).span();
            node.into(
                0, (dx, add) -> backend.pooling().maxBackward(shape, dy.span(), winners, dx, add));
          });
    }
  }

  static Tensor average(Tensor x, Pool2dOptions options) {
    Operands.values("avgPool2d", x);
    PoolingShape shape = shape("avgPool2d", x, options);
    boolean countPadding = options.countPadding();
    Backend backend = x.backend();
    Tensor y =
        Tensor.create(
            backend,
            backend.floatType(),
            result(shape),
            "avgPool2d",
            span -> backend.pooling().averageForward(shape, countPadding, x.span(), span));
    return Node.record(
        "avgPool2d",
        y,
        new Tensor[] {x},
        new Tensor[0],
        (dy, node) ->
            node.into(
                0,
                (dx, add) ->
                    backend.pooling().averageBackward(shape, countPadding, dy.span(), dx, add)));
  }

  private static PoolingShape shape(String operation, Tensor x, Pool2dOptions options) {
    Operands.requireRank(operation, "the input", x, 4, "[N, C, H, W]");
    Shape s = x.shape();
    return new PoolingShape(
        s.size(0),
        s.size(1),
        s.size(2),
        s.size(3),
        options.kernelHeight(),
        options.kernelWidth(),
        options.strideHeight(),
        options.strideWidth(),
        options.padHeight(),
        options.padWidth());
  }

  private static Shape result(PoolingShape shape) {
    return Shape.of(shape.batch(), shape.channels(), shape.outHeight(), shape.outWidth());
  }
}
