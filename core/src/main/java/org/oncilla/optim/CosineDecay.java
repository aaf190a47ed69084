package org.oncilla.optim;

/**
 * least + ½(initial − least)(1 + cos(π·epoch/epochs)), half a wave of the cosine from the initial
 * rate to the least (Loshchilov and Hutter, "SGDR", 2017); the least rate from {@code epochs} on.
 *
 * @param initial rate of the first epoch, above 0
 * @param least rate that is approached, from 0 to {@code initial}
 * @param epochs number of epochs until it is reached, at least 1
 */
public record CosineDecay(double initial, double least, int epochs)
    implements LearningRateSchedule {
  /** Checks the settings. */
  public CosineDecay {
    Rates.requireInitial("CosineDecay", initial);
    if (!(least >= 0 && least <= initial)) {
      throw new IllegalArgumentException(
          "CosineDecay: the least rate must be in [0, " + initial + "], not " + least);
    }
    if (epochs < 1) {
      throw new IllegalArgumentException("CosineDecay: needs at least 1 epoch, not " + epochs);
    }
  }

  @Override
  public double rate(int epoch) {
    double phase = Math.PI * Math.min(epoch, epochs) / epochs;
    return least + (initial - least) * (1 + StrictMath.cos(phase)) / 2;
  }
}
