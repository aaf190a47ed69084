package org.oncilla.cli;

import org.oncilla.train.EpochResult;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;

/**
 * Lowers the learning rate by a factor after each epoch: large steps get near, small ones settle.
 *
 * @param initial rate of the first epoch
 * @param factor from one epoch to the next
 */
record LearningRateDecay(double initial, double factor) implements TrainingListener {
  /** The rate after a number of epochs. */
  double after(int epochs) {
    return initial * StrictMath.pow(factor, epochs);
  }

  @Override
  public void epochEnded(Trainer trainer, EpochResult result) {
    trainer.optimizer().learningRate(after(result.epoch()));
  }
}
