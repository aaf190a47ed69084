package org.oncilla.metric;

/**
 * The share of outputs that are on the right side of a threshold, for one sigmoid output or several
 * (multi-label) a sample: outputs and targets [N, …] of one shape, targets 0 or 1. Each output
 * counts by itself.
 */
public final class BinaryAccuracy extends ThresholdMetric {
  private long correct;
  private long outputs;

  /**
   * With a threshold of one's own.
   *
   * @param threshold above which an output is positive
   */
  public BinaryAccuracy(double threshold) {
    super(threshold);
  }

  /** For probabilities, such as of a sigmoid: positive above ½. */
  public static BinaryAccuracy ofProbabilities() {
    return new BinaryAccuracy(HALF);
  }

  /** For logits: positive above 0. */
  public static BinaryAccuracy ofLogits() {
    return new BinaryAccuracy(0);
  }

  @Override
  public String name() {
    return "binary_accuracy";
  }

  @Override
  public BinaryAccuracy fresh() {
    return new BinaryAccuracy(threshold());
  }

  @Override
  void count(int column, boolean predicted, boolean expected) {
    correct += predicted == expected ? 1 : 0;
    outputs++;
  }

  @Override
  protected void forget() {
    correct = 0;
    outputs = 0;
  }

  @Override
  protected double result() {
    return outputs == 0 ? Double.NaN : (double) correct / outputs;
  }
}
