package org.oncilla.loss;

import org.oncilla.tensor.Tensor;

/**
 * The hinge loss max(0, 1 − t·x) of each score x with its target t, which is −1 or 1; its gradient
 * at the hinge is 0. That targets are −1 or 1, {@code Trainer} and {@code Evaluator} check on the
 * host; {@link #forward} does not, where they are on the device.
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
  public PredictionKind expects() {
    return PredictionKind.LOGITS;
  }

  @Override
  public void requireTargets(float[] targets, int count) {
    for (int i = 0; i < count; i++) {
      if (Math.abs(targets[i]) != 1) {
        throw new IllegalArgumentException(
            name()
                + ": the target "
                + targets[i]
                + " (value "
                + i
                + " of a batch) is neither -1 nor 1; of labels 0 and 1, make them by"
                + " dataset.withTargets(label -> new float[] {2 * label - 1})");
      }
    }
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
