package org.oncilla.loss;

import org.oncilla.tensor.Tensor;

/** What losses share that are computed element by element or sample by sample and then reduced. */
abstract class ReducedLoss implements Loss {
  private final Reduction reduction;
  private final double scale;

  ReducedLoss(Reduction reduction, double scale) {
    if (!Double.isFinite(scale)) {
      throw new IllegalArgumentException(name() + ": the scale must be finite, not " + scale);
    }
    this.reduction = reduction;
    this.scale = scale;
  }

  /** The losses before they are reduced. */
  abstract Tensor losses(Tensor prediction, Tensor target);

  @Override
  public final Tensor forward(Tensor prediction, Tensor target) {
    try (Tensor losses = losses(prediction, target);
        Tensor weight = reduction == Reduction.MEAN ? totalWeight(prediction, target) : null) {
      if (weight == null) {
        return reduction.apply(losses, scale);
      }
      try (Tensor shares = losses.div(weight)) {
        return Reduction.sumOfScaled(shares, scale);
      }
    }
  }

  /** What a mean divides the sum of the losses by, as a scalar; null for their number. */
  Tensor totalWeight(Tensor prediction, Tensor target) {
    return null;
  }

  final void requireSameShape(Tensor prediction, Tensor target) {
    if (!prediction.shape().equals(target.shape())) {
      throw new IllegalArgumentException(
          name()
              + ": predictions of shape "
              + prediction.shape()
              + " and targets of shape "
              + target.shape()
              + " must have the same shape; for one value a sample, both are [N, 1]: give the data"
              + " set targets of shape [1]");
    }
  }

  final String name() {
    return getClass().getSimpleName();
  }
}
