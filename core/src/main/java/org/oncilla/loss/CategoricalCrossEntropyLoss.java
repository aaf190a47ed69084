package org.oncilla.loss;

import org.oncilla.tensor.Tensor;

/**
 * The cross-entropy −Σ<sub>j</sub> t[j] ln softmax(x)[j] of each row of logits x with a
 * distribution t over the classes, such as a one-hot label; both [N, C]. Its gradient is softmax(x)
 * − t where t sums to 1. {@link CrossEntropyLoss} takes integer labels too, in one kernel, and has
 * class weights and label smoothing.
 *
 * <p>Predictions are logits: a model that ends in a softmax learns badly with it. Targets are in
 * [0, 1]: {@code Trainer} and {@code Evaluator} check it on the host; {@link #forward} does not,
 * where they are on the device.
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
  public PredictionKind expects() {
    return PredictionKind.LOGITS;
  }

  @Override
  public void requireTargets(float[] targets, int count) {
    requireTargetsWithin(
        0,
        1,
        "targets are probabilities of the classes, such as those of dataset.oneHot()",
        targets,
        count);
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
