package org.oncilla.metric;

/**
 * Of the samples predicted to be of a class, the share that is: TP / (TP + FP), on average over the
 * classes. It is that of exclusive classes (labels [N], outputs [N, C]) unless made over a {@link
 * MultilabelConfusionMatrix}; of that with a single output every average is the precision of the
 * positive class. Details are in {@link ClassificationReport}.
 */
public final class Precision extends ReportScore {
  /** Of exclusive classes. */
  public Precision(Average average) {
    this(average, new ConfusionMatrix());
  }

  /**
   * Of what another metric counts.
   *
   * @param counts is from now on updated and closed by this
   */
  public Precision(Average average, ReportingMetric counts) {
    super("precision", average, counts, ClassCounts::precision);
  }

  @Override
  public Precision fresh() {
    return new Precision(average(), freshCounts());
  }
}
