package org.oncilla.optim;

/**
 * The same rate at all times; by itself what an optimizer does without a schedule, and what follows
 * a {@link Warmup}.
 *
 * @param rate finite and above 0
 */
public record ConstantRate(double rate) implements LearningRateSchedule {
  /** Checks the rate. */
  public ConstantRate {
    Rates.requireInitial("ConstantRate", rate);
  }

  @Override
  public double rate(double time) {
    return rate;
  }
}
