package org.oncilla.optim;

/**
 * initial · factor<sup>⌊time⌋</sup>, one rate for each epoch: large steps get near, small ones
 * settle. PyTorch's ExponentialLR.
 *
 * @param initial rate of the first epoch, above 0
 * @param factor from one epoch to the next, in (0, 1]
 */
public record ExponentialDecay(double initial, double factor) implements LearningRateSchedule {
  /** Checks both settings. */
  public ExponentialDecay {
    Rates.requireInitial("ExponentialDecay", initial);
    Rates.requireFactor("ExponentialDecay", factor);
  }

  @Override
  public double rate(double time) {
    return initial * StrictMath.pow(factor, Math.floor(time));
  }
}
