package org.oncilla.tensor;

import org.oncilla.backend.Backend;

/** Random masks and their gradients. */
final class RandomOps {
  private RandomOps() {}

  static Tensor dropout(Tensor x, double probability, long seed, long stream) {
    Operands.values("dropout", x);
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "dropout: the probability of dropping an element must be in [0, 1), not " + probability);
    }
    Backend backend = x.backend();
    Tensor y =
        Tensor.create(
            backend,
            backend.floatType(),
            x.shape(),
            "dropout",
            span -> backend.random().dropout(seed, stream, probability, x.span(), span, false));
    return Node.record(
        "dropout",
        y,
        new Tensor[] {x},
        new Tensor[0],
        (dy, node) ->
            node.into(
                0,
                (dx, add) ->
                    backend.random().dropout(seed, stream, probability, dy.span(), dx, add)));
  }
}
