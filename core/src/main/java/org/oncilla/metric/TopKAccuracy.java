package org.oncilla.metric;

import org.oncilla.tensor.Tensor;

/**
 * The share of samples whose label is among the k largest outputs. Of equal outputs the first is
 * taken for the larger, so that k = 1 is {@link Accuracy}. Outputs and targets are as there. A
 * label whose output is NaN comes last, and NaN of any other class counts as larger.
 */
public final class TopKAccuracy extends DeferredMetric {
  private final int k;
  private long hits;
  private long samples;

  /**
   * Among the k largest.
   *
   * @param k at least 1; as many as there are classes, and every sample is a hit
   */
  public TopKAccuracy(int k) {
    if (k < 1) {
      throw new IllegalArgumentException("TopKAccuracy: k must be at least 1, not " + k);
    }
    this.k = k;
  }

  @Override
  public String name() {
    return "top_" + k + "_accuracy";
  }

  @Override
  public TopKAccuracy fresh() {
    return new TopKAccuracy(k);
  }

  @Override
  protected void requireFitting(Tensor output, Tensor target) {
    Fitting.requireSeveralOutputs(name(), output);
    Fitting.requireClasses(name(), output, target);
    int classes = output.shape().size(Fitting.CLASSES);
    if (k > classes) {
      throw new IllegalArgumentException(
          name()
              + ": k = "
              + k
              + " is more than the "
              + classes
              + " classes of outputs of shape "
              + output.shape()
              + "; choose k below "
              + classes);
    }
  }

  @Override
  protected Tensor kept(Tensor output) {
    return output.detach();
  }

  @Override
  protected Tensor keptTarget(Tensor target) {
    return Fitting.labels(target);
  }

  @Override
  protected void count(Tensor output, Tensor target) {
    double[] scores = output.toDoubleArray();
    int[] labels = target.toIntArray();
    int classes = output.shape().size(Fitting.CLASSES);
    int places = labels.length / output.shape().size(0);
    for (int i = 0; i < labels.length; i++) {
      if (Fitting.counts(name(), labels[i], classes)) {
        int first = i / places * classes * places + i % places;
        hits += larger(scores, first, places, classes, labels[i]) < k ? 1 : 0;
        samples++;
      }
    }
  }

  /** How many classes come before the label; their outputs are {@code stride} apart. */
  private static int larger(double[] scores, int first, int stride, int classes, int label) {
    double score = scores[first + label * stride];
    int before = 0;
    for (int c = 0; c < classes; c++) {
      double other = scores[first + c * stride];
      before += c < label && other == score || !(other <= score) ? 1 : 0;
    }
    return Double.isNaN(score) ? before - 1 : before;
  }

  @Override
  protected void forget() {
    hits = 0;
    samples = 0;
  }

  @Override
  protected double result() {
    return samples == 0 ? Double.NaN : (double) hits / samples;
  }
}
