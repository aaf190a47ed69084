package org.oncilla.metric;

/** The mean of |output − target| over all elements of outputs and targets [N, …] of one shape. */
public final class MeanAbsoluteError extends RegressionMetric {
  private double sum;
  private long elements;

  /** Over all elements. */
  public MeanAbsoluteError() {}

  @Override
  public String name() {
    return "mean_absolute_error";
  }

  @Override
  public MeanAbsoluteError fresh() {
    return new MeanAbsoluteError();
  }

  @Override
  void count(int column, double output, double target) {
    sum += Math.abs(output - target);
    elements++;
  }

  @Override
  protected void forget() {
    sum = 0;
    elements = 0;
  }

  @Override
  protected double result() {
    return elements == 0 ? Double.NaN : sum / elements;
  }
}
