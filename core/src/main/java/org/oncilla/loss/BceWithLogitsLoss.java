package org.oncilla.loss;

import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * The binary cross-entropy of the sigmoid of each logit x with its target t, as max(x, 0) − x·t +
 * ln(1 + e<sup>−|x|</sup>), which is finite for every finite x. Its gradient is sigmoid(x) − t. For
 * one class against the rest, and for several labels a sample.
 *
 * <p>Targets are in [0, 1]: {@code Trainer} and {@code Evaluator} check it on the host; {@link
 * #forward} does not, where they are on the device.
 */
public final class BceWithLogitsLoss extends ReducedLoss {
  private LossWeights positiveWeights;

  /** The mean over all elements. */
  public BceWithLogitsLoss() {
    this(Reduction.MEAN, 1);
  }

  /** Reduced and scaled in another way. */
  public BceWithLogitsLoss(Reduction reduction, double scale) {
    super(reduction, scale);
  }

  /**
   * Makes what a target of 1 costs count more or less, label by label, against labels that are
   * rarely set (PyTorch's {@code pos_weight}): −(p·t ln σ(x) + (1 − t) ln(1 − σ(x))).
   *
   * @param weights p for each label, the last axis of the logits; finite and at least 0
   */
  public BceWithLogitsLoss positiveWeights(double... weights) {
    positiveWeights = new LossWeights(name(), "positive weights", weights);
    return this;
  }

  @Override
  public PredictionKind expects() {
    return PredictionKind.LOGITS;
  }

  @Override
  public void requireTargets(float[] targets, int count) {
    requireTargetsWithin(
        0, 1, "a yes is 1 and a no is 0; scale values of another range to [0, 1]", targets, count);
  }

  @Override
  Tensor losses(Tensor prediction, Tensor target) {
    requireSameShape(prediction, target);
    return positiveWeights == null ? unweighted(prediction, target) : weighted(prediction, target);
  }

  /** maximum, not relu: at 0 its gradient is ½, which is sigmoid(0). */
  private static Tensor unweighted(Tensor x, Tensor target) {
    try (Tensor zero = Tensor.zeros(x.backend(), Shape.SCALAR);
        Tensor positive = x.maximum(zero);
        Tensor product = x.mul(target);
        Tensor linear = positive.sub(product);
        Tensor log = logOfSum(x)) {
      return linear.add(log);
    }
  }

  /** (1 − t)·x + (1 + (p − 1)·t)·(max(−x, 0) + ln(1 + e<sup>−|x|</sup>)). */
  private Tensor weighted(Tensor x, Tensor target) {
    if (x.shape().rank() == 0) {
      throw new IllegalArgumentException(
          name() + ": positive weights need an axis of labels, but predictions are a scalar");
    }
    try (Tensor factor = positiveFactor(x, target);
        Tensor zero = Tensor.zeros(x.backend(), Shape.SCALAR);
        Tensor negated = x.neg();
        Tensor positive = negated.maximum(zero);
        Tensor log = logOfSum(x);
        Tensor softplus = positive.add(log);
        Tensor ofPositives = softplus.mul(factor);
        Tensor minusTarget = target.neg();
        Tensor notTarget = minusTarget.add(1);
        Tensor ofNegatives = x.mul(notTarget)) {
      return ofNegatives.add(ofPositives);
    }
  }

  /** 1 + (p − 1)·t. */
  private Tensor positiveFactor(Tensor x, Tensor target) {
    try (Tensor weights = positiveWeights.on(x, -1);
        Tensor beyondOne = weights.sub(1);
        Tensor product = target.mul(beyondOne)) {
      return product.add(1);
    }
  }

  /** ln(1 + e<sup>−|x|</sup>). */
  private static Tensor logOfSum(Tensor x) {
    try (Tensor magnitude = x.abs();
        Tensor negated = magnitude.neg();
        Tensor exponential = negated.exp();
        Tensor sum = exponential.add(1)) {
      return sum.log();
    }
  }

  @Override
  void describe(Map<String, Object> settings) {
    if (positiveWeights != null) {
      settings.put("positiveWeights", positiveWeights);
    }
  }
}
