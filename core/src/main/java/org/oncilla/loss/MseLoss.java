package org.oncilla.loss;

import org.oncilla.tensor.Tensor;

/**
 * The squared error (prediction − target)² of each element. Its mean is 1/n Σ d²; a scale of ½
 * makes that 1/2n Σ d², and with {@link Reduction#SUM} it is ½ Σ d².
 */
public final class MseLoss extends ReducedLoss {
  /** The mean over all elements. */
  public MseLoss() {
    this(Reduction.MEAN, 1);
  }

  /** Reduced and scaled in another way. */
  public MseLoss(Reduction reduction, double scale) {
    super(reduction, scale);
  }

  @Override
  Tensor losses(Tensor prediction, Tensor target) {
    requireSameShape(prediction, target);
    try (Tensor difference = prediction.sub(target)) {
      return difference.square();
    }
  }
}
