package org.oncilla.loss;

import org.oncilla.tensor.Tensor;

/**
 * The mean cross-entropy of logits [N, C] with integer labels [N]: 1/N Σ −ln softmax(x)[label].
 * Softmax is part of it, so the model ends with logits.
 */
public final class CrossEntropyLoss implements Loss {
  @Override
  public Tensor forward(Tensor prediction, Tensor target) {
    try (Tensor losses = prediction.crossEntropy(target)) {
      return losses.mean();
    }
  }
}
