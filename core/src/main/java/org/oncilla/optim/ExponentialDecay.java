package org.oncilla.optim;

/**
 * initial · factor<sup>epoch</sup>: large steps get near, small ones settle.
 *
 * @param initial rate of the first epoch, above 0
 * @param factor from one epoch to the next, in (0, 1]
 */
public record ExponentialDecay(double initial, double factor) implements LearningRateSchedule {
  /** Checks both settings. */
  public ExponentialDecay {
    if (!(initial > 0 && initial < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "ExponentialDecay: the initial rate must be finite and above 0, not " + initial);
    }
    if (!(factor > 0 && factor <= 1)) {
      throw new IllegalArgumentException(
          "ExponentialDecay: the factor must be in (0, 1], not " + factor);
    }
  }

  @Override
  public double rate(int epoch) {
    return initial * StrictMath.pow(factor, epoch);
  }
}
