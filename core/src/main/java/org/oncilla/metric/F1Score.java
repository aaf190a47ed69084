package org.oncilla.metric;

/**
 * The harmonic mean of precision and recall, 2·TP / (2·TP + FP + FN), on average over the classes.
 * It is that of exclusive classes (labels [N], outputs [N, C]) unless made over a {@link
 * MultilabelConfusionMatrix}; of that with a single output every average is the f1 of the positive
 * class. Details are in {@link ClassificationReport}.
 */
public final class F1Score extends ReportScore {
  /** Of exclusive classes. */
  public F1Score(Average average) {
    this(average, new ConfusionMatrix());
  }

  /**
   * Of what another metric counts.
   *
   * @param counts is from now on updated and closed by this
   */
  public F1Score(Average average, ReportingMetric counts) {
    super("f1", average, counts, ClassCounts::f1);
  }

  @Override
  public F1Score fresh() {
    return new F1Score(average(), freshCounts());
  }
}
