package org.oncilla.tensor;

import org.oncilla.backend.Backend;
import org.oncilla.backend.IndexingKernels;
import org.oncilla.backend.ReduceShape;

/** Softmax, log-softmax, cross-entropy and their gradients. */
final class SoftmaxOps {
  private SoftmaxOps() {}

  static Tensor softmax(Tensor x, int axis, boolean log) {
    String name = log ? "logSoftmax" : "softmax";
    Operands.values(name, x);
    ReduceShape shape = ReductionOps.around(x.shape(), x.shape().axis(name, axis));
    Backend backend = x.backend();
    Tensor y =
        Tensor.create(
            backend,
            backend.floatType(),
            x.shape(),
            name,
            span -> backend.softmax().forward(shape, log, x.span(), span));
    return Node.record(
        name,
        y,
        new Tensor[] {x},
        new Tensor[] {y},
        (dy, node) ->
            node.into(
                0,
                (dx, add) ->
                    backend
                        .softmax()
                        .backward(shape, log, node.saved(0).span(), dy.span(), dx, add)));
  }

  static Tensor crossEntropy(Tensor logits, Tensor labels) {
    Operands.values("crossEntropy", logits);
    Operands.indices("crossEntropy", labels);
    Operands.requireBackend("crossEntropy", logits, labels);
    Operands.requireRank("crossEntropy", "the logits", logits, 2, "[N, C]");
    int rows = logits.shape().size(0);
    int classes = logits.shape().size(1);
    if (!labels.shape().equals(Shape.of(rows))) {
      throw new IllegalArgumentException(
          "crossEntropy: logits of shape "
              + logits.shape()
              + " need labels of shape ["
              + rows
              + "], not "
              + labels.shape());
    }
    LabelRange.require(
        "crossEntropy",
        "label",
        labels,
        classes,
        IndexingKernels.NONE,
        "the classes of logits with " + classes + " columns");
    Backend backend = logits.backend();
    try (Tensor logSumExp = Tensor.empty(backend, Shape.of(rows), "crossEntropy")) {
      Tensor losses =
          Tensor.create(
              backend,
              backend.floatType(),
              Shape.of(rows),
              "crossEntropy",
              span ->
                  backend
                      .softmax()
                      .crossEntropy(
                          rows, classes, logits.span(), labels.span(), span, logSumExp.span()));
      return Node.record(
          "crossEntropy",
          losses,
          new Tensor[] {logits},
          new Tensor[] {logits, labels, logSumExp},
          (dy, node) ->
              node.into(
                  0,
                  (dx, add) ->
                      backend
                          .softmax()
                          .crossEntropyBackward(
                              rows,
                              classes,
                              node.saved(0).span(),
                              node.saved(1).span(),
                              node.saved(2).span(),
                              dy.span(),
                              dx,
                              add)));
    }
  }
}
