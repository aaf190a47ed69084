package org.oncilla.loss;

import java.util.Arrays;
import java.util.Map;
import org.oncilla.backend.DType;
import org.oncilla.backend.IndexingKernels;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * The cross-entropy of logits with what the classes should be. Softmax is part of it, so the model
 * ends with logits x, [N, C], or [N, C, d<sub>1</sub>, …] for a class at each place. Targets are
 *
 * <ul>
 *   <li>integer labels y, [N] or [N, d<sub>1</sub>, …], each in 0 … C−1: −w[y] ln softmax(x)[y],
 *       without options one kernel;
 *   <li>class probabilities t of the shape of the logits, such as those of mixup: −Σ<sub>j</sub>
 *       w[j] t[j] ln softmax(x)[j]. That they are in [0, 1], {@code Trainer} and {@code Evaluator}
 *       check on the host; {@link #forward} does not, where they are on the device. That they add
 *       up to 1 is not checked.
 * </ul>
 *
 * <p>Options are PyTorch's: {@linkplain #classWeights class weights} w, 1 unless given; {@linkplain
 * #labelSmoothing label smoothing}; and a {@linkplain #ignoreIndex label that is ignored}. A mean
 * over labels divides by the sum of w[y] over those that count, and is 0 where none does (PyTorch
 * gives NaN); a mean over probabilities divides by their number of distributions.
 *
 * <p>The gradient of a loss without options is softmax(x) − t, where t is 1 at the label and 0
 * elsewhere. Losses are finite for all finite logits: a label whose logit is more than 3.4·10³⁸
 * below the largest costs just that. Nothing waits for the device where labels came from the host.
 */
public final class CrossEntropyLoss extends ReducedLoss {
  private static final int CLASS_AXIS = 1;

  /** What a mean divides by at least, where nothing counts and the sum of losses is 0. */
  private static final double TINY = Float.MIN_NORMAL;

  private LossWeights classWeights;
  private double labelSmoothing;
  private int ignoreIndex = IndexingKernels.NONE;

  /** The mean over the samples. */
  public CrossEntropyLoss() {
    this(Reduction.MEAN, 1);
  }

  /** Reduced and scaled in another way. */
  public CrossEntropyLoss(Reduction reduction, double scale) {
    super(reduction, scale);
  }

  /**
   * Makes some classes count more than others, such as rare ones.
   *
   * @param weights one for each class, finite and at least 0
   */
  public CrossEntropyLoss classWeights(double... weights) {
    classWeights = new LossWeights(name(), "class weights", weights);
    return this;
  }

  /**
   * Mixes targets with the uniform distribution (Szegedy and others, "Rethinking the Inception
   * Architecture for Computer Vision", 2016): t becomes (1 − ε)·t + ε/C.
   *
   * @param epsilon ε in [0, 1)
   */
  public CrossEntropyLoss labelSmoothing(double epsilon) {
    if (!(epsilon >= 0 && epsilon < 1)) {
      throw new IllegalArgumentException(
          name() + ": label smoothing must be in [0, 1), not " + epsilon);
    }
    labelSmoothing = epsilon;
    return this;
  }

  /**
   * Leaves samples with a certain label out: they cost nothing and give no gradient. For labels,
   * not for probabilities.
   *
   * @param label which need not be a class; PyTorch's is −100, here there is none unless given
   */
  public CrossEntropyLoss ignoreIndex(int label) {
    ignoreIndex = label;
    return this;
  }

  @Override
  public PredictionKind expects() {
    return PredictionKind.LOGITS;
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
    boolean hasLabels = target.type() == DType.INT32;
    requireShapes(prediction, target, hasLabels);
    if (prediction.shape().rank() == 2) {
      return ofRows(prediction, target, hasLabels);
    }
    try (Tensor logits = rows(prediction);
        Tensor targets = hasLabels ? target.reshape(-1) : rows(target);
        Tensor losses = ofRows(logits, targets, hasLabels)) {
      return losses.reshape(prediction.shape().without(CLASS_AXIS));
    }
  }

  /** Refuses fewer outputs than classes; more are allowed, for classes that are yet to come. */
  @Override
  public void requireFits(Shape output, int classes) {
    int outputs = output.rank() == 0 ? 1 : output.size(0);
    boolean mayBeIgnored = ignoreIndex >= outputs && ignoreIndex < classes;
    if (outputs < classes && !mayBeIgnored) {
      throw new IllegalArgumentException(
          name()
              + ": the data set has "
              + classes
              + " classes, but the model's output of shape "
              + output
              + " tells "
              + outputs
              + " apart; end the model with one output a class, such as Linear("
              + classes
              + ")");
    }
  }

  private void requireShapes(Tensor prediction, Tensor target, boolean hasLabels) {
    Shape logits = prediction.shape();
    if (logits.rank() < 2) {
      throw new IllegalArgumentException(
          name() + ": needs logits of shape [N, C] or [N, C, d1, …], not " + logits);
    }
    Shape wanted = hasLabels ? logits.without(CLASS_AXIS) : logits;
    if (!target.shape().equals(wanted)) {
      throw new IllegalArgumentException(
          name()
              + ": logits of shape "
              + logits
              + " need labels of shape "
              + logits.without(CLASS_AXIS)
              + " or class probabilities of shape "
              + logits
              + ", not "
              + (hasLabels ? "labels" : "values")
              + " of shape "
              + target.shape()
              + (hasLabels ? "" : "; " + remedyForValues(logits, target.shape())));
    }
    if (!hasLabels && ignoreIndex != IndexingKernels.NONE) {
      throw new IllegalArgumentException(
          name()
              + ": ignoreIndex("
              + ignoreIndex
              + ") is about labels, but the targets of shape "
              + target.shape()
              + " are class probabilities; leave it out, or give integer labels");
    }
  }

  private static String remedyForValues(Shape logits, Shape target) {
    boolean probabilities = target.rank() == logits.rank() && target.size(CLASS_AXIS) > 1;
    return probabilities
        ? "for probabilities of "
            + target.size(CLASS_AXIS)
            + " classes, end the model with as many outputs, such as those of Linear("
            + target.size(CLASS_AXIS)
            + ")"
        : "for class labels, give the data set integers by ArrayDataset.ofLabels";
  }

  /** [N, C, d1, …] as rows of classes. */
  private static Tensor rows(Tensor x) {
    int rank = x.shape().rank();
    int[] axes = new int[rank];
    Arrays.setAll(axes, i -> i == 0 ? 0 : i + 1);
    axes[rank - 1] = CLASS_AXIS;
    try (Tensor moved = x.permute(axes)) {
      return moved.reshape(-1, x.shape().size(CLASS_AXIS));
    }
  }

  private Tensor ofRows(Tensor logits, Tensor target, boolean hasLabels) {
    if (hasLabels
        && classWeights == null
        && labelSmoothing == 0
        && ignoreIndex == IndexingKernels.NONE) {
      return logits.crossEntropy(target);
    }
    int classes = logits.shape().size(CLASS_AXIS);
    try (Tensor smooth =
            hasLabels
                ? indicators(target, classes, 1 - labelSmoothing, labelSmoothing / classes)
                : smoothed(target, classes);
        Tensor weighted = weighted(smooth, logits)) {
      return SoftmaxCrossEntropy.of(logits, weighted);
    }
  }

  /** At the label share + base, elsewhere base; nothing for a label that is ignored. */
  private Tensor indicators(Tensor labels, int classes, double share, double base) {
    try {
      return labels.oneHot(classes, share + base, base, ignoreIndex);
    } catch (IllegalArgumentException outOfRange) {
      throw new IllegalArgumentException(name() + ": " + outOfRange.getMessage(), outOfRange);
    }
  }

  private Tensor smoothed(Tensor probabilities, int classes) {
    if (labelSmoothing == 0) {
      return view(probabilities);
    }
    try (Tensor share = probabilities.mul(1 - labelSmoothing)) {
      return share.add(labelSmoothing / classes);
    }
  }

  /** The same, to be closed on its own. */
  private static Tensor view(Tensor x) {
    return x.reshape(x.shape());
  }

  /**
   * The classes of {@code targets}, which are its last axis, times their weights.
   *
   * @param prediction the logits
   */
  private Tensor weighted(Tensor targets, Tensor prediction) {
    if (classWeights == null) {
      return view(targets);
    }
    try (Tensor weights = classWeights.on(prediction, CLASS_AXIS)) {
      return targets.mul(weights);
    }
  }

  @Override
  Tensor totalWeight(Tensor prediction, Tensor target) {
    boolean allCountAlike = classWeights == null && ignoreIndex == IndexingKernels.NONE;
    if (target.type() != DType.INT32 || allCountAlike) {
      return null;
    }
    try (Tensor ones = indicators(target, prediction.shape().size(CLASS_AXIS), 1, 0);
        Tensor weighted = weighted(ones, prediction);
        Tensor sum = weighted.sum();
        Tensor tiny = Tensor.full(prediction.backend(), Shape.SCALAR, TINY)) {
      return sum.maximum(tiny);
    }
  }

  @Override
  void describe(Map<String, Object> settings) {
    if (classWeights != null) {
      settings.put("classWeights", classWeights);
    }
    if (labelSmoothing != 0) {
      settings.put("labelSmoothing", labelSmoothing);
    }
    if (ignoreIndex != IndexingKernels.NONE) {
      settings.put("ignoreIndex", ignoreIndex);
    }
  }
}
