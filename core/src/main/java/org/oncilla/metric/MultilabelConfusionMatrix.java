package org.oncilla.metric;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often each output was rightly and wrongly positive, for one sigmoid output or several
 * (multi-label) a sample: outputs and targets [N, L] of one shape, targets 0 or 1. The number for
 * tables is the share of samples all of whose outputs are right (the exact match, or subset
 * accuracy); {@link BinaryAccuracy} is that of single outputs.
 */
public final class MultilabelConfusionMatrix extends ThresholdMetric implements ReportingMetric {
  private final List<String> names;
  private Counts[] counts = new Counts[0];
  private long samples;
  private long exact;
  private boolean right;

  /** The counts of an output. */
  private static final class Counts {
    private long truePositives;
    private long falsePositives;
    private long falseNegatives;
  }

  /**
   * With a threshold.
   *
   * @param threshold above which an output is positive: ½ for probabilities, 0 for logits
   * @param names one for each output; empty for their numbers
   */
  public MultilabelConfusionMatrix(double threshold, List<String> names) {
    super(threshold);
    this.names = List.copyOf(names);
  }

  /** For probabilities, such as of a sigmoid: positive above ½. */
  public static MultilabelConfusionMatrix ofProbabilities() {
    return new MultilabelConfusionMatrix(HALF, List.of());
  }

  /** For logits: positive above 0. */
  public static MultilabelConfusionMatrix ofLogits() {
    return new MultilabelConfusionMatrix(0, List.of());
  }

  @Override
  public String name() {
    return "exact_match";
  }

  @Override
  public MultilabelConfusionMatrix fresh() {
    return new MultilabelConfusionMatrix(threshold(), names);
  }

  @Override
  void columns(int number) {
    if (!names.isEmpty() && names.size() != number) {
      throw new IllegalArgumentException(
          name() + ": " + names.size() + " names, but a sample has " + number + " outputs");
    }
    if (counts.length != 0 && counts.length != number) {
      throw new IllegalArgumentException(
          name()
              + ": samples of "
              + number
              + " outputs after samples of "
              + counts.length
              + "; call reset() between models");
    }
    if (counts.length == 0) {
      counts = IntStream.range(0, number).mapToObj(i -> new Counts()).toArray(Counts[]::new);
    }
  }

  /** The outputs of a sample come one after the other. */
  @Override
  void count(int column, boolean predicted, boolean expected) {
    Counts of = counts[column];
    of.truePositives += predicted && expected ? 1 : 0;
    of.falsePositives += predicted && !expected ? 1 : 0;
    of.falseNegatives += !predicted && expected ? 1 : 0;
    right = (column == 0 || right) && predicted == expected;
    if (column == counts.length - 1) {
      samples++;
      exact += right ? 1 : 0;
    }
  }

  @Override
  protected void forget() {
    counts = new Counts[0];
    samples = 0;
    exact = 0;
  }

  @Override
  protected double result() {
    return samples == 0 ? Double.NaN : (double) exact / samples;
  }

  /** Samples counted so far; waits for the device. */
  public long samples() {
    flush();
    return samples;
  }

  @Override
  public ClassificationReport report() {
    flush();
    List<ClassCounts> classes =
        Arrays.stream(counts)
            .map(c -> new ClassCounts(c.truePositives, c.falsePositives, c.falseNegatives))
            .toList();
    return new ClassificationReport(Names.of(names, counts.length), classes, false);
  }
}
