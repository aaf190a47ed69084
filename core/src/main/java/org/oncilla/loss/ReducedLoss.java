package org.oncilla.loss;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.oncilla.backend.DType;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** What losses share that are computed element by element or sample by sample and then reduced. */
abstract class ReducedLoss implements Loss {
  private static final double ROUNDING = 1e-5;

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

  /** Demands targets that are values, in the shape of the predictions. */
  final void requireSameShape(Tensor prediction, Tensor target) {
    boolean labels = target.type() == DType.INT32;
    if (labels || !prediction.shape().equals(target.shape())) {
      throw new IllegalArgumentException(
          name()
              + ": predictions of shape "
              + prediction.shape()
              + " and targets of shape "
              + target.shape()
              + (labels
                  ? " must be values of the same shape, but the targets are class labels; "
                  : " must have the same shape; ")
              + (labels ? remedyForLabels(prediction.shape()) : remedy(prediction, target)));
    }
  }

  private static String remedyForLabels(Shape prediction) {
    return prediction.rank() == 2 && prediction.size(1) == 1
        ? "for a yes or no, give targets of 0 and 1 by dataset.withTargets(label -> new float[]"
            + " {label})"
        : "train with CrossEntropyLoss, or make the labels one-hot targets by dataset.oneHot()";
  }

  private static String remedy(Tensor prediction, Tensor target) {
    Shape x = prediction.shape();
    Shape t = target.shape();
    boolean batches = x.rank() >= 1 && t.rank() >= 1 && x.size(0) == t.size(0);
    if (batches && x.rank() == 2 && t.rank() == 2) {
      return "the model gives "
          + x.size(1)
          + " value(s) for the "
          + t.size(1)
          + " target(s) of a sample: end it with "
          + t.size(1)
          + " output(s), such as those of Linear("
          + t.size(1)
          + ")";
    }
    if (batches && x.rank() == 2 && x.size(1) == 1 && t.rank() == 1) {
      return "for one value a sample, both are [N, 1]: give the data set targets of shape [1]";
    }
    return batches
        ? "give the data set targets of shape " + sample(x) + ", or the model that of the targets"
        : "their first axis is the batch: predict for as many samples as there are targets";
  }

  private static Shape sample(Shape batch) {
    return batch.without(0);
  }

  /** Demands target values in a range, but for the rounding of those that are mixtures. */
  final void requireTargetsWithin(
      double low, double high, String remedy, float[] targets, int count) {
    for (int i = 0; i < count; i++) {
      if (!(targets[i] >= low - ROUNDING && targets[i] <= high + ROUNDING)) {
        throw new IllegalArgumentException(
            name()
                + ": the target "
                + targets[i]
                + " (value "
                + i
                + " of a batch) is not in ["
                + low
                + ", "
                + high
                + "]; "
                + remedy);
      }
    }
  }

  /** Adds the settings beside the reduction that are not the usual ones, for the text. */
  void describe(Map<String, Object> settings) {}

  /** Class and settings. */
  @Override
  public final String toString() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("reduction", reduction.name().toLowerCase(Locale.ROOT));
    if (scale != 1) {
      settings.put("scale", scale);
    }
    describe(settings);
    String listed = settings.toString();
    return name() + "(" + listed.substring(1, listed.length() - 1) + ")";
  }

  final String name() {
    return getClass().getSimpleName();
  }
}
