package org.oncilla.loss;

import org.oncilla.tensor.Tensor;

/**
 * The cross-entropy −ln softmax(x)[label] of each row of logits [N, C] with its integer label [N].
 * Softmax is part of it, so the model ends with logits.
 */
public final class CrossEntropyLoss extends ReducedLoss {
  /** The mean over the samples. */
  public CrossEntropyLoss() {
    this(Reduction.MEAN, 1);
  }

  /** Reduced and scaled in another way. */
  public CrossEntropyLoss(Reduction reduction, double scale) {
    super(reduction, scale);
  }

  @Override
  Tensor losses(Tensor prediction, Tensor target) {
    return prediction.crossEntropy(target);
  }
}
