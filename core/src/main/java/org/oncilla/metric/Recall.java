package org.oncilla.metric;

/**
 * Of the samples of a class, the share that was predicted so: TP / (TP + FN), on average over the
 * classes. It is that of exclusive classes (labels [N], outputs [N, C]) unless made over a {@link
 * MultilabelConfusionMatrix}; of that with a single output every average is the recall of the
 * positive class. Details are in {@link ClassificationReport}.
 */
public final class Recall extends ReportScore {
  /** Of exclusive classes. */
  public Recall(Average average) {
    this(average, new ConfusionMatrix());
  }

  /**
   * Of what another metric counts.
   *
   * @param counts is from now on updated and closed by this
   */
  public Recall(Average average, ReportingMetric counts) {
    super("recall", average, counts, ClassCounts::recall);
  }

  @Override
  public Recall fresh() {
    return new Recall(average(), freshCounts());
  }
}
