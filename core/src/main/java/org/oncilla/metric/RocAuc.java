package org.oncilla.metric;

import java.util.Arrays;
import org.oncilla.tensor.Tensor;

/**
 * The area under the receiver operating characteristic: how probable it is that a positive sample
 * is scored above a negative one, equal scores counting half (the statistic of Mann and Whitney,
 * 1947; Hanley and McNeil, 1982). Ties are counted exactly, in integers.
 *
 * <ul>
 *   <li>Scores [N] or [N, 1] with targets of 0 and 1 of the same shape: one positive class.
 *   <li>Outputs [N, 2] with labels [N]: class 1 is the positive one.
 *   <li>Outputs [N, C] with labels [N]: the mean over classes of each one against the rest, which
 *       compares probabilities of different samples.
 * </ul>
 *
 * <p>Samples with a negative label do not count. Classes without a positive or without a negative
 * sample have no area and are left out; where none has one, the value is NaN. A score and a label
 * are kept on the host for each sample and class.
 */
public final class RocAuc extends DeferredMetric {
  private final boolean logits;
  private double[][] scores = new double[0][];
  private int[] labels = new int[0];
  private int samples;

  private RocAuc(boolean logits) {
    this.logits = logits;
  }

  /** For logits: of several classes, the softmax is taken first. */
  public static RocAuc ofLogits() {
    return new RocAuc(true);
  }

  /** For probabilities, or any scores that compare between samples. */
  public static RocAuc ofProbabilities() {
    return new RocAuc(false);
  }

  @Override
  public String name() {
    return "roc_auc";
  }

  @Override
  public RocAuc fresh() {
    return new RocAuc(logits);
  }

  @Override
  protected void requireFitting(Tensor output, Tensor target) {
    if (Fitting.isLabels(target)) {
      Fitting.requireClasses(name(), output, target);
    } else {
      Fitting.requireSame(name(), "for several classes give labels", output, target);
    }
    int columns = Fitting.columns(output);
    boolean fits = Fitting.isLabels(target) ? columns >= 2 : columns == 1;
    if (!fits || output.shape().rank() > 2) {
      throw new IllegalArgumentException(
          name()
              + ": needs one score [N, 1] with a target of 0 or 1, or outputs [N, C] of at least 2"
              + " classes with labels [N], but the outputs have shape "
              + output.shape()
              + " and the targets, which are "
              + (Fitting.isLabels(target) ? "labels" : "values")
              + ", have shape "
              + target.shape());
    }
    if (scores.length != 0 && scores.length != columns) {
      throw new IllegalArgumentException(
          name()
              + ": outputs of "
              + columns
              + " columns after outputs of "
              + scores.length
              + "; call reset() between models");
    }
    if (scores.length == 0) {
      scores = new double[columns][0];
    }
  }

  @Override
  protected Tensor kept(Tensor output) {
    return logits && scores.length > 2 ? output.softmax(-1) : output.detach();
  }

  @Override
  protected Tensor keptTarget(Tensor target) {
    return target.detach();
  }

  @Override
  protected void count(Tensor output, Tensor target) {
    double[] values = output.toDoubleArray();
    boolean classes = Fitting.isLabels(target);
    int[] given = classes ? target.toIntArray() : positives(target.toDoubleArray());
    reserve(given.length);
    int columns = scores.length;
    for (int row = 0; row < given.length; row++) {
      if (Fitting.counts(name(), given[row], Math.max(2, columns))) {
        for (int c = 0; c < columns; c++) {
          scores[c][samples] = requireNumber(values[row * columns + c]);
        }
        labels[samples++] = given[row];
      }
    }
  }

  private static int[] positives(double[] targets) {
    return Arrays.stream(targets).mapToInt(t -> t > ThresholdMetric.HALF ? 1 : 0).toArray();
  }

  private double requireNumber(double score) {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException(
          name() + ": the score of sample " + samples + " is NaN, which has no rank");
    }
    return score;
  }

  private void reserve(int more) {
    int needed = Math.addExact(samples, more);
    if (needed > labels.length) {
      int room = Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8L, 2L * labels.length));
      labels = Arrays.copyOf(labels, room);
      for (int c = 0; c < scores.length; c++) {
        scores[c] = Arrays.copyOf(scores[c], room);
      }
    }
  }

  @Override
  protected void forget() {
    scores = new double[0][];
    labels = new int[0];
    samples = 0;
  }

  @Override
  protected double result() {
    return switch (scores.length) {
      case 0 -> Double.NaN;
      case 1 -> area(scores[0], 1);
      case 2 -> area(differences(), 1);
      default -> oneVersusRest();
    };
  }

  /** With two classes, logits and probabilities rank samples alike by their difference. */
  private double[] differences() {
    double[] differences = new double[samples];
    for (int i = 0; i < samples; i++) {
      differences[i] = scores[1][i] - scores[0][i];
    }
    return differences;
  }

  private double oneVersusRest() {
    double sum = 0;
    int classes = 0;
    for (int c = 0; c < scores.length; c++) {
      double area = area(scores[c], c);
      if (!Double.isNaN(area)) {
        sum += area;
        classes++;
      }
    }
    return classes == 0 ? Double.NaN : sum / classes;
  }

  private double area(double[] of, int positive) {
    double[] positives = select(of, positive, true);
    double[] negatives = select(of, positive, false);
    long halves = 0;
    int below = 0;
    int notAbove = 0;
    for (double score : positives) {
      while (below < negatives.length && negatives[below] < score) {
        below++;
      }
      while (notAbove < negatives.length && negatives[notAbove] <= score) {
        notAbove++;
      }
      halves += below + notAbove;
    }
    return halves / (2.0 * positives.length * negatives.length);
  }

  private double[] select(double[] of, int positive, boolean which) {
    double[] selected = new double[samples];
    int count = 0;
    for (int i = 0; i < samples; i++) {
      if (labels[i] == positive == which) {
        selected[count++] = of[i];
      }
    }
    double[] sorted = Arrays.copyOf(selected, count);
    Arrays.sort(sorted);
    return sorted;
  }
}
