package org.oncilla.loss;

import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Huber's loss (1964) of each element: with d = |prediction − target|, ½d² up to δ and δ(d − ½δ)
 * beyond, so that outliers pull with a bounded force.
 */
public final class HuberLoss extends ReducedLoss {
  private final double delta;

  /** The mean over all elements, with δ = 1. */
  public HuberLoss() {
    this(1, Reduction.MEAN, 1);
  }

  /**
   * Reduced and scaled in another way.
   *
   * @param delta where the parabola becomes a line, above 0
   */
  public HuberLoss(double delta, Reduction reduction, double scale) {
    super(reduction, scale);
    if (!(delta > 0 && delta < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "HuberLoss: delta must be finite and above 0, not " + delta);
    }
    this.delta = delta;
  }

  /** With q = min(d, δ), both branches are q·(d − ½q). */
  @Override
  Tensor losses(Tensor prediction, Tensor target) {
    requireSameShape(prediction, target);
    try (Tensor difference = prediction.sub(target);
        Tensor distance = difference.abs();
        Tensor limit = Tensor.full(prediction.backend(), Shape.SCALAR, delta);
        Tensor clipped = distance.minimum(limit);
        Tensor half = clipped.mul(0.5);
        Tensor rest = distance.sub(half)) {
      return clipped.mul(rest);
    }
  }

  @Override
  void describe(Map<String, Object> settings) {
    settings.put("delta", delta);
  }
}
