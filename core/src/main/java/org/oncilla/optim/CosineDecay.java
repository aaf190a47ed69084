package org.oncilla.optim;

/**
 * least + ½(initial − least)(1 + cos(π·time/epochs)), half a wave of the cosine from the initial
 * rate to the least, falling from step to step (Loshchilov and Hutter, "SGDR", 2017; at whole
 * epochs PyTorch's CosineAnnealingLR); the least rate from {@code epochs} on.
 *
 * @param initial rate of the first step, above 0
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
    Rates.requireEpochs("CosineDecay", epochs);
  }

  @Override
  public double rate(double time) {
    return Rates.cosine(initial, least, Math.min(time / epochs, 1));
  }
}
