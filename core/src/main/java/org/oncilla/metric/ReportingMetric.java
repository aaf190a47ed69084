package org.oncilla.metric;

/** A metric that counts for each class, and so can tell precision, recall and F1. */
public interface ReportingMetric extends Metric {
  @Override
  ReportingMetric fresh();

  /** The scores of each class since the last reset; waits for the device. */
  ClassificationReport report();
}
