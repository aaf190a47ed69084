package org.oncilla.metric;

/** The mean of (output − target)² over all elements of outputs and targets [N, …] of one shape. */
public final class MeanSquaredError extends RegressionMetric {
  private double sum;
  private long elements;

  /** Over all elements. */
  public MeanSquaredError() {}

  @Override
  public String name() {
    return "mean_squared_error";
  }

  @Override
  public MeanSquaredError fresh() {
    return new MeanSquaredError();
  }

  @Override
  void count(int column, double output, double target) {
    sum += (output - target) * (output - target);
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
