package org.oncilla.metric;

/**
 * The share of samples whose largest output is that of their label. Outputs are logits or
 * probabilities [N, C], C at least 2, or [N, C, …] for a class at each place, each of which counts
 * as a sample; for one output, yes or no, there is {@link BinaryAccuracy}. Targets are labels [N,
 * …], or probabilities [N, C, …] of which the largest decides. Samples with a negative label, such
 * as an ignore index of −100, do not count.
 */
public final class Accuracy extends ClassMetric {
  private long correct;
  private long samples;

  /** Over all samples. */
  public Accuracy() {}

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public Accuracy fresh() {
    return new Accuracy();
  }

  @Override
  void count(int predicted, int label) {
    correct += predicted == label ? 1 : 0;
    samples++;
  }

  @Override
  protected void forget() {
    super.forget();
    correct = 0;
    samples = 0;
  }

  @Override
  protected double result() {
    return samples == 0 ? Double.NaN : (double) correct / samples;
  }
}
