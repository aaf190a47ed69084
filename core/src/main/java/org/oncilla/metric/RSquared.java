package org.oncilla.metric;

/**
 * The coefficient of determination R² = 1 − Σ (target − output)² / Σ (target − mean target)²: the
 * share of the targets' variance that outputs explain; 1 at best, 0 for the constant mean, and
 * below 0 for worse. Outputs and targets are [N, …] of one shape; of several outputs a sample, the
 * mean of each one's R² is taken. The variance is summed by Welford's method (1962), which does not
 * cancel where the mean is large.
 *
 * <p>As with scikit-learn, constant targets give 1 where all outputs equal them and else 0, and
 * fewer than 2 samples give NaN.
 */
public final class RSquared extends RegressionMetric {
  private Column[] columns = new Column[0];

  /** The sums of an output. */
  private static final class Column {
    private long samples;
    private double mean;
    private double total;
    private double residual;

    void add(double output, double target) {
      samples++;
      double before = target - mean;
      mean += before / samples;
      total += before * (target - mean);
      residual += (target - output) * (target - output);
    }

    double value() {
      if (samples < 2) {
        return Double.NaN;
      }
      if (total == 0) {
        return residual == 0 ? 1 : 0;
      }
      return 1 - residual / total;
    }
  }

  /** Over all samples. */
  public RSquared() {}

  @Override
  public String name() {
    return "r2";
  }

  @Override
  public RSquared fresh() {
    return new RSquared();
  }

  @Override
  void columns(int number) {
    if (columns.length != 0 && columns.length != number) {
      throw new IllegalArgumentException(
          name()
              + ": samples of "
              + number
              + " outputs after samples of "
              + columns.length
              + "; call reset() between models");
    }
    if (columns.length == 0) {
      columns = new Column[number];
      for (int c = 0; c < number; c++) {
        columns[c] = new Column();
      }
    }
  }

  @Override
  void count(int column, double output, double target) {
    columns[column].add(output, target);
  }

  @Override
  protected void forget() {
    columns = new Column[0];
  }

  @Override
  protected double result() {
    double sum = 0;
    for (Column column : columns) {
      sum += column.value();
    }
    return columns.length == 0 ? Double.NaN : sum / columns.length;
  }
}
