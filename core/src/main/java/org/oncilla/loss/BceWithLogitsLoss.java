package org.oncilla.loss;

import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * The binary cross-entropy of the sigmoid of each logit x with its target t, as max(x, 0) − x·t +
 * ln(1 + e<sup>−|x|</sup>), which is finite for every finite x. Its gradient is sigmoid(x) − t. For
 * one class against the rest, and for several labels a sample.
 */
public final class BceWithLogitsLoss extends ReducedLoss {
  /** The mean over all elements. */
  public BceWithLogitsLoss() {
    this(Reduction.MEAN, 1);
  }

  /** Reduced and scaled in another way. */
  public BceWithLogitsLoss(Reduction reduction, double scale) {
    super(reduction, scale);
  }

  /** maximum, not relu: at 0 its gradient is ½, which is sigmoid(0). */
  @Override
  Tensor losses(Tensor prediction, Tensor target) {
    requireSameShape(prediction, target);
    try (Tensor zero = Tensor.zeros(prediction.backend(), Shape.SCALAR);
        Tensor positive = prediction.maximum(zero);
        Tensor product = prediction.mul(target);
        Tensor linear = positive.sub(product);
        Tensor magnitude = prediction.abs();
        Tensor negated = magnitude.neg();
        Tensor exponential = negated.exp();
        Tensor sum = exponential.add(1);
        Tensor log = sum.log()) {
      return linear.add(log);
    }
  }
}
