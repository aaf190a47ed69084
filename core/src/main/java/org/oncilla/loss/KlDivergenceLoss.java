package org.oncilla.loss;

import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * The Kullback-Leibler divergence t·(ln t − x) of each target probability t from a predicted
 * <em>log</em>-probability x, 0 where t is 0. Summed over the classes and averaged over the batch
 * ({@link Reduction#BATCH_MEAN}, the default) it is the divergence of two distributions. Gradients
 * flow to the prediction only.
 *
 * <p>Targets are in [0, 1]: {@code Trainer} and {@code Evaluator} check it on the host; {@link
 * #forward} does not, where they are on the device. Nor does it see that predictions are no
 * log-probabilities: give it the outputs of a log-softmax; with others it may be negative.
 */
public final class KlDivergenceLoss extends ReducedLoss {
  /** The smallest normal number in single precision: t ln t is 0 to the last bit below it. */
  private static final double TINY = Float.MIN_NORMAL;

  /** The mean over samples of the divergence of their distributions. */
  public KlDivergenceLoss() {
    this(Reduction.BATCH_MEAN, 1);
  }

  /** Reduced and scaled in another way. */
  public KlDivergenceLoss(Reduction reduction, double scale) {
    super(reduction, scale);
  }

  @Override
  public PredictionKind expects() {
    return PredictionKind.LOG_PROBABILITIES;
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
    try (Tensor t = target.detach();
        Tensor negativeEntropy = negativeEntropy(t);
        Tensor product = t.mul(prediction)) {
      return negativeEntropy.sub(product);
    }
  }

  /** t ln t. */
  private static Tensor negativeEntropy(Tensor t) {
    try (NoGrad off = NoGrad.open();
        Tensor tiny = Tensor.full(t.backend(), Shape.SCALAR, TINY);
        Tensor raised = t.maximum(tiny);
        Tensor log = raised.log()) {
      return t.mul(log);
    }
  }
}
