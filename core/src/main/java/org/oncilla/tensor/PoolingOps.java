package org.oncilla.tensor;

import org.oncilla.backend.Backend;
import org.oncilla.backend.DType;
import org.oncilla.backend.PoolingShape;
import org.oncilla.backend.Span;

/** Pooling and its gradients. */
final class PoolingOps {
  private PoolingOps() {}

  static Tensor max2d(Tensor x, Pool2dOptions options) {
    requireImages("maxPool2d", x);
    PoolingShape shape = options.pooling(x.shape());
    return max("maxPool2d", x, shape, images(shape));
  }

  static Tensor average2d(Tensor x, Pool2dOptions options) {
    requireImages("avgPool2d", x);
    PoolingShape shape = options.pooling(x.shape());
    return average("avgPool2d", x, shape, options.countPadding(), images(shape));
  }

  static Tensor max1d(Tensor x, Pool1dOptions options) {
    requireSequences("maxPool1d", x);
    PoolingShape shape = options.pooling(x.shape());
    return max("maxPool1d", x, shape, sequences(shape));
  }

  static Tensor average1d(Tensor x, Pool1dOptions options) {
    requireSequences("avgPool1d", x);
    PoolingShape shape = options.pooling(x.shape());
    return average("avgPool1d", x, shape, options.countPadding(), sequences(shape));
  }

  private static Tensor max(String name, Tensor x, PoolingShape shape, Shape result) {
    Backend backend = x.backend();
    if (!x.requiresGrad() || NoGrad.isActive()) {
      return Tensor.create(
          backend,
          backend.floatType(),
          result,
          name,
          span -> backend.pooling().maxForward(shape, x.span(), span, null));
    }
    try (Tensor argmax = Tensor.allocate(backend, DType.INT32, result, name + " argmax")) {
      Tensor y =
          Tensor.create(
              backend,
              backend.floatType(),
              result,
              name,
              span -> backend.pooling().maxForward(shape, x.span(), span, argmax.span()));
      return Node.record(
          name,
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

  private static Tensor average(
      String name, Tensor x, PoolingShape shape, boolean countPadding, Shape result) {
    Backend backend = x.backend();
    Tensor y =
        Tensor.create(
            backend,
            backend.floatType(),
            result,
            name,
            span -> backend.pooling().averageForward(shape, countPadding, x.span(), span));
    return Node.record(
        name,
        y,
        new Tensor[] {x},
        new Tensor[0],
        (dy, node) ->
            node.into(
                0,
                (dx, add) ->
                    backend.pooling().averageBackward(shape, countPadding, dy.span(), dx, add)));
  }

  private static void requireImages(String name, Tensor x) {
    Operands.values(name, x);
    Operands.requireRank(name, "the input", x, 4, "[N, C, H, W]");
  }

  private static void requireSequences(String name, Tensor x) {
    Operands.values(name, x);
    Operands.requireRank(name, "the input", x, 3, "[N, C, L]");
  }

  private static Shape images(PoolingShape shape) {
    return Shape.of(shape.batch(), shape.channels(), shape.outHeight(), shape.outWidth());
  }

  private static Shape sequences(PoolingShape shape) {
    return Shape.of(shape.batch(), shape.channels(), shape.outWidth());
  }
}
