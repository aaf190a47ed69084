package org.oncilla.loss;

import org.oncilla.tensor.Tensor;

/**
 * The cross-entropy −Σ<sub>j</sub> t[j] ln softmax(x)[j] of each row of logits x with a
 * distribution t over the classes, such as a one-hot label; both [N, C]. Its gradient is softmax(x)
 * − t where t sums to 1. {@link CrossEntropyLoss} takes integer labels too, in one kernel, and has
 * class weights and label smoothing.
 */
public final class CategoricalCrossEntropyLoss extends ReducedLoss {
  /** The mean over the samples. */
  public CategoricalCrossEntropyLoss() {
    this(Reduction.MEAN, 1);
  }

  /** Reduced and scaled in another way. */
  public CategoricalCrossEntropyLoss(Reduction reduction, double scale) {
    super(reduction, scale);
  }

  @Override
  Tensor losses(Tensor prediction, Tensor target) {
    requireSameShape(prediction, target);
    if (prediction.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "CategoricalCrossEntropyLoss: needs logits and targets of shape [N, C], not "
              + prediction.shape());
    }
    return SoftmaxCrossEntropy.of(prediction, target);
  }
}
