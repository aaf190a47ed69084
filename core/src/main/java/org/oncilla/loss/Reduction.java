package org.oncilla.loss;

import org.oncilla.tensor.Tensor;

/** What becomes of the losses of single elements or samples. */
public enum Reduction {
  /** They stay apart; the result has their shape, and backward needs a gradient to start from. */
  NONE,
  /** Their mean. */
  MEAN,
  /** Their sum. */
  SUM,
  /**
   * Their sum over the batch size N, the first axis: the mean over samples of sums over elements.
   */
  BATCH_MEAN;

  /** scale · reduced losses, as a tensor of its own. */
  Tensor apply(Tensor losses, double scale) {
    return switch (this) {
      case NONE -> losses.mul(scale);
      case MEAN -> scaled(losses.mean(), scale);
      case SUM -> scaled(losses.sum(), scale);
      case BATCH_MEAN -> scaled(losses.sum(), scale / losses.shape().size(0));
    };
  }

  private static Tensor scaled(Tensor reduced, double scale) {
    if (scale == 1) {
      return reduced;
    }
    try (reduced) {
      return reduced.mul(scale);
    }
  }
}
