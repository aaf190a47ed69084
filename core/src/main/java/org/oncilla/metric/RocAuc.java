package org.oncilla.metric;

import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.oncilla.tensor.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The area under the receiver operating characteristic: how probable it is that a positive sample
 * is scored above a negative one, equal scores counting half (the statistic of Mann and Whitney,
 * 1947; Hanley and McNeil, 1982). Ties are counted exactly, in integers.
 *
 * <ul>
 *   <li>Scores [N] or [N, L] with targets of 0 and 1 of the same shape: the mean over the L columns
 *       of each one's area.
 *   <li>Outputs [N, 2] with labels [N]: class 1 is the positive one.
 *   <li>Outputs [N, C] with labels [N]: the mean over classes of each one against the rest, which
 *       compares probabilities of different samples.
 * </ul>
 *
 * <p>Samples with a negative label do not count. Columns without a positive or without a negative
 * sample have no area and are left out. Where none has one, such as for data of one class alone,
 * the value is NaN, and the log says why, once. Every score is kept on the host.
 */
public final class RocAuc extends DeferredMetric {
  private static final Logger LOG = LoggerFactory.getLogger(RocAuc.class);

  private final boolean logits;
  private boolean toldOfNaN;
  private double[][] scores = new double[0][];
  private BitSet[] positives = new BitSet[0];
  private int outputs;
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
    boolean labels = Fitting.isLabels(target);
    if (labels) {
      Fitting.requireClasses(name(), output, target);
    } else {
      Fitting.requireSame(name(), "for exclusive classes give labels", output, target);
    }
    int given = Fitting.columns(output);
    if (output.shape().rank() > 2 || labels && given < 2) {
      throw new IllegalArgumentException(
          name()
              + ": needs scores [N, L] with targets of 0 and 1, or outputs [N, C] of at least 2"
              + " classes with labels [N], but the outputs have shape "
              + output.shape()
              + " and the targets, which are "
              + (labels ? "labels" : "values")
              + ", have shape "
              + target.shape());
    }
    if (outputs != 0 && outputs != given) {
      throw new IllegalArgumentException(
          name()
              + ": outputs of "
              + given
              + " columns after outputs of "
              + outputs
              + "; call reset() between models");
    }
    if (outputs == 0) {
      outputs = given;
      int columns = labels && given == 2 ? 1 : given;
      scores = new double[columns][0];
      positives = Stream.generate(BitSet::new).limit(columns).toArray(BitSet[]::new);
    }
  }

  /** Labels are told from targets when they are counted: the softmax is taken then. */
  @Override
  protected Tensor kept(Tensor output) {
    return output.detach();
  }

  @Override
  protected Tensor keptTarget(Tensor target) {
    return target.detach();
  }

  @Override
  protected void count(Tensor output, Tensor target) {
    reserve(output.shape().size(0));
    if (Fitting.isLabels(target)) {
      countLabels(output, target.toIntArray());
    } else {
      double[] values = output.toDoubleArray();
      double[] targets = target.toDoubleArray();
      for (int i = 0; i < values.length; i++) {
        add(i % outputs, values[i], targets[i] > ThresholdMetric.HALF);
        samples += i % outputs == outputs - 1 ? 1 : 0;
      }
    }
  }

  private void countLabels(Tensor output, int[] labels) {
    double[] values = classScores(output);
    for (int row = 0; row < labels.length; row++) {
      if (Fitting.counts(name(), labels[row], outputs)) {
        for (int c = 0; c < scores.length; c++) {
          int positive = scores.length == 1 ? 1 : c;
          add(c, values[row * scores.length + c], labels[row] == positive);
        }
        samples++;
      }
    }
  }

  /** Of two classes their difference, by which logits and probabilities rank samples alike. */
  private double[] classScores(Tensor output) {
    if (outputs > 2) {
      try (Tensor probabilities = logits ? output.softmax(-1) : output.detach()) {
        return probabilities.toDoubleArray();
      }
    }
    double[] pairs = output.toDoubleArray();
    double[] differences = new double[pairs.length / 2];
    Arrays.setAll(differences, i -> pairs[2 * i + 1] - pairs[2 * i]);
    return differences;
  }

  private void add(int column, double score, boolean positive) {
    if (Double.isNaN(score)) {
      throw new IllegalArgumentException(
          name() + ": the score of sample " + samples + " is NaN, which has no rank");
    }
    scores[column][samples] = score;
    positives[column].set(samples, positive);
  }

  private void reserve(int more) {
    int needed = Math.addExact(samples, more);
    for (int c = 0; c < scores.length && needed > scores[c].length; c++) {
      int doubled = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * scores[c].length);
      scores[c] = Arrays.copyOf(scores[c], Math.max(needed, doubled));
    }
  }

  @Override
  protected void forget() {
    scores = new double[0][];
    positives = new BitSet[0];
    outputs = 0;
    samples = 0;
  }

  @Override
  protected double result() {
    double mean = meanArea();
    if (Double.isNaN(mean) && samples > 0 && !toldOfNaN) {
      toldOfNaN = true;
      LOG.warn(
          "{} is NaN: none of the {} column(s) of {} samples has both positive and negative ones;"
              + " measure on data with both, such as that of a stratified split",
          name(),
          scores.length,
          samples);
    }
    return mean;
  }

  private double meanArea() {
    return IntStream.range(0, scores.length)
        .mapToDouble(c -> area(select(c, true), select(c, false)))
        .filter(area -> !Double.isNaN(area))
        .average()
        .orElse(Double.NaN);
  }

  /** Counts the pairs in order, in halves. */
  private static double area(double[] positive, double[] negative) {
    long halves = 0;
    int below = 0;
    int notAbove = 0;
    for (double score : positive) {
      while (below < negative.length && negative[below] < score) {
        below++;
      }
      while (notAbove < negative.length && negative[notAbove] <= score) {
        notAbove++;
      }
      halves += below + notAbove;
    }
    return halves / (2.0 * positive.length * negative.length);
  }

  /** The scores of the positive or of the negative samples, in order. */
  private double[] select(int column, boolean positive) {
    return IntStream.range(0, samples)
        .filter(i -> positives[column].get(i) == positive)
        .mapToDouble(i -> scores[column][i])
        .sorted()
        .toArray();
  }
}
