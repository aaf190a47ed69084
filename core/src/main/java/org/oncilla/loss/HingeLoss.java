package org.oncilla.loss;

import org.oncilla.tensor.Tensor;

/**
 * The hinge loss max(0, 1 − t·x) of each score x with its target t, which is −1 or 1; its gradient
 * at the hinge is 0.
 */
public final class HingeLoss extends ReducedLoss {
  /** The mean over all elements. */
  public HingeLoss() {
    this(Reduction.MEAN, 1);
  }

  /** Reduced and scaled in another way. */
  public HingeLoss(Reduction reduction, double scale) {
    super(reduction, scale);
  }

  @Override
  Tensor losses(Tensor prediction, Tensor target) {
    requireSameShape(prediction, target);
    try (Tensor margin = prediction.mul(target);
        Tensor negated = margin.neg();
        Tensor distance = negated.add(1)) {
      return distance.relu();
    }
  }
}
