package org.oncilla.loss;

import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * The binary cross-entropy −(t ln p + (1 − t) ln(1 − p)) of each probability p with its target t.
 * Probabilities are first clamped to [ε, 1 − ε] with ε = 10⁻⁷, so that the loss is never infinite
 * or NaN; where they are clamped, no gradient flows. {@link BceWithLogitsLoss} needs no clamping
 * and is the better choice where the logits are at hand.
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
