package org.oncilla.optim;

import java.util.Map;
import java.util.Set;

/**
 * The learning rate as a function of time. {@code Trainer} asks for it before every step.
 *
 * <p>Time is counted in epochs: step {@code s} of the {@code n} steps of epoch {@code e}, both
 * counted from 0, is at {@code e + s/n}. A schedule that knows nothing but the time is a lambda;
 * the other methods are for those that watch how the training goes, such as {@link
 * ReduceOnPlateau}: each of these serves one training at a time.
 */
@FunctionalInterface
public interface LearningRateSchedule {
  /** The name under which {@link #epochEnded} is told the validation's loss. */
  String LOSS = "loss";

  /**
   * The rate at a time.
   *
   * @param time in epochs since the training began: 1.5 is the middle of the second epoch
   * @return a finite rate of at least 0
   */
  double rate(double time);

  /**
   * Checks, before anything is computed, that this schedule fits a training.
   *
   * @param epochs of the training in all
   * @param measured what is measured on the validation data after each epoch, {@link #LOSS} and the
   *     names of metrics; empty without validation data
   * @throws IllegalArgumentException naming what does not fit and the remedy
   */
  default void requireFits(int epochs, Set<String> measured) {}

  /**
   * Is told how an epoch ended; an epoch that was undone does not count.
   *
   * @param validation what was measured on the validation data; empty without
   */
  default void epochEnded(Map<String, Double> validation) {}

  /** All that {@link #rate} depends on beside the time, for a checkpoint. */
  default Map<String, String> state() {
    return Map.of();
  }

  /**
   * Goes on from a {@link #state}.
   *
   * @param saved empty where a training begins or its checkpoint holds none: the schedule then
   *     begins anew
   * @throws IllegalArgumentException naming what is missing or malformed
   */
  default void restore(Map<String, String> saved) {}
}
