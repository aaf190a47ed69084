package org.oncilla.metric;

import java.util.function.ToDoubleFunction;
import org.oncilla.tensor.Tensor;

/** One number out of a {@link ClassificationReport}, for tables and early stopping. */
abstract class ReportScore implements ReportingMetric {
  private final String score;
  private final Average average;
  private final ReportingMetric counts;
  private final ToDoubleFunction<ClassCounts> formula;

  ReportScore(
      String score,
      Average average,
      ReportingMetric counts,
      ToDoubleFunction<ClassCounts> formula) {
    this.score = score;
    this.average = average;
    this.counts = counts;
    this.formula = formula;
  }

  final Average average() {
    return average;
  }

  final ReportingMetric freshCounts() {
    return counts.fresh();
  }

  @Override
  public final String name() {
    return score + "_" + average;
  }

  @Override
  public final void reset() {
    counts.reset();
  }

  @Override
  public final void update(Tensor output, Tensor target) {
    counts.update(output, target);
  }

  @Override
  public final ClassificationReport report() {
    return counts.report();
  }

  @Override
  public final double value() {
    return report().score(average, formula);
  }

  @Override
  public final void close() {
    counts.close();
  }
}
