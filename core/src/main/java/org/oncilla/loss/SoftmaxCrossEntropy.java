package org.oncilla.loss;

import org.oncilla.tensor.Tensor;

/** The cross-entropy of logits with weights over the classes. */
final class SoftmaxCrossEntropy {
  private SoftmaxCrossEntropy() {}

  /** −Σ<sub>j</sub> t[j] ln softmax(x)[j] of each row of logits x and weights t; both [N, C]. */
  static Tensor of(Tensor logits, Tensor weights) {
    try (Tensor logProbabilities = logits.logSoftmax(-1);
        Tensor products = logProbabilities.mul(weights);
        Tensor sums = products.sum(1)) {
      return sums.mul(-1); // not neg(): a loss of 0 is not to be −0
    }
  }
}
