package org.oncilla.optim;

/**
 * initial · factor<sup>⌊time/every⌋</sup>: the same rate for some epochs, then a fraction of it.
 * PyTorch's StepLR.
 *
 * @param initial rate of the first epochs, above 0
 * @param factor from one step to the next, in (0, 1]
 * @param every number of epochs of one rate, at least 1
 */
public record StepDecay(double initial, double factor, int every) implements LearningRateSchedule {
  /** Checks the settings. */
  public StepDecay {
    Rates.requireInitial("StepDecay", initial);
    Rates.requireFactor("StepDecay", factor);
    if (every < 1) {
      throw new IllegalArgumentException(
          "StepDecay: a rate must last at least 1 epoch, not " + every);
    }
  }

  @Override
  public double rate(double time) {
    return initial * StrictMath.pow(factor, Math.floor(time / every));
  }
}
