package org.oncilla.cli.zoo;

import java.util.Locale;
import org.oncilla.optim.CosineDecay;
import org.oncilla.optim.ExponentialDecay;
import org.oncilla.optim.LearningRateSchedule;

/** How the learning rate falls in the course of a training. */
public enum RateSchedule {
  /** Times a factor after each epoch. */
  EXPONENTIAL,

  /** Along half a wave of the cosine, to 0 at the training's end. */
  COSINE;

  /**
   * The schedule of a training.
   *
   * @param initial rate of the first step
   * @param decay the factor of the exponential one
   * @param epochs of the training in all
   */
  public LearningRateSchedule create(double initial, double decay, int epochs) {
    return this == COSINE
        ? new CosineDecay(initial, 0, epochs)
        : new ExponentialDecay(initial, decay);
  }

  /** The name that users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
