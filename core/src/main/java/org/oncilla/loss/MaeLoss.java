package org.oncilla.loss;

import org.oncilla.tensor.Tensor;

/** The absolute error |prediction − target| of each element; its gradient at 0 is 0. */
public final class MaeLoss extends ReducedLoss {
  /** The mean over all elements. */
  public MaeLoss() {
    this(Reduction.MEAN, 1);
  }

  /** Reduced and scaled in another way. */
  public MaeLoss(Reduction reduction, double scale) {
    super(reduction, scale);
  }

  @Override
  Tensor losses(Tensor prediction, Tensor target) {
    requireSameShape(prediction, target);
    try (Tensor difference = prediction.sub(target)) {
      return difference.abs();
    }
  }
}
