package org.oncilla.loss;

import org.oncilla.tensor.Tensor;

/**
 * What becomes of the losses of single elements or samples. A mean divides before it adds, so that
 * it is finite where the losses are, however large they are.
 */
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
      case MEAN -> sumOfScaled(losses, scale / losses.shape().length());
      case SUM -> sumOfScaled(losses, scale);
      case BATCH_MEAN -> sumOfScaled(losses, scale / losses.shape().size(0));
    };
  }

  static Tensor sumOfScaled(Tensor losses, double scale) {
    if (scale == 1) {
      return losses.sum();
    }
    try (Tensor scaled = losses.mul(scale)) {
      return scaled.sum();
    }
  }
}
