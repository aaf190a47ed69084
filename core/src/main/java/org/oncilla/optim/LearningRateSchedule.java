package org.oncilla.optim;

/**
 * The learning rate of each epoch. A function of the epoch alone, so that a resumed training goes
 * on with the rates of one that never stopped.
 */
@FunctionalInterface
public interface LearningRateSchedule {
  /**
   * The rate of an epoch.
   *
   * @param epoch counted from 0
   */
  double rate(int epoch);
}
