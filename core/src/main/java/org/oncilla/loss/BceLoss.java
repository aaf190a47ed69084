package org.oncilla.loss;

import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * The binary cross-entropy −(t ln p + (1 − t) ln(1 − p)) of each probability p with its target t.
 * Probabilities are first clamped to [ε, 1 − ε] with ε = 10⁻⁷, so that the loss is never infinite
 * or NaN; where they are clamped, no gradient flows. {@link BceWithLogitsLoss} needs no clamping
 * and is the better choice where the logits are at hand.
 *
 * <p>Targets are in [0, 1]: {@code Trainer} and {@code Evaluator} check it on the host; {@link
 * #forward} does not, where they are on the device. Nor does it see that predictions are no
 * probabilities: give it the outputs of a sigmoid or softmax.
 */
public final class BceLoss extends ReducedLoss {
  private static final double EPSILON = 1e-7;

  /** The mean over all elements. */
  public BceLoss() {
    this(Reduction.MEAN, 1);
  }

  /** Reduced and scaled in another way. */
  public BceLoss(Reduction reduction, double scale) {
    super(reduction, scale);
  }

  @Override
  public PredictionKind expects() {
    return PredictionKind.PROBABILITIES;
  }

  @Override
  public void requireTargets(float[] targets, int count) {
    requireTargetsWithin(
        0, 1, "a yes is 1 and a no is 0; scale values of another range to [0, 1]", targets, count);
  }

  @Override
  Tensor losses(Tensor prediction, Tensor target) {
    requireSameShape(prediction, target);
    try (Tensor low = Tensor.full(prediction.backend(), Shape.SCALAR, EPSILON);
        Tensor high = Tensor.full(prediction.backend(), Shape.SCALAR, 1 - EPSILON);
        Tensor raised = prediction.maximum(low);
        Tensor p = raised.minimum(high);
        Tensor positive = weightedLog(target, p);
        Tensor notTarget = complement(target);
        Tensor notP = complement(p);
        Tensor negative = weightedLog(notTarget, notP);
        Tensor sum = positive.add(negative)) {
      return sum.neg();
    }
  }

  private static Tensor weightedLog(Tensor weight, Tensor x) {
    try (Tensor log = x.log()) {
      return weight.mul(log);
    }
  }

  /** 1 − x. */
  private static Tensor complement(Tensor x) {
    try (Tensor negated = x.neg()) {
      return negated.add(1);
    }
  }
}
