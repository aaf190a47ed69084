package org.oncilla.train;

/**
 * What an epoch brought.
 *
 * @param epoch counted from 1
 * @param training loss and metrics over the epoch's steps, while the weights changed
 * @param validation loss and metrics after the epoch; null where no validation data was given
 * @param seconds of the steps, without the validation
 */
public record EpochResult(int epoch, Evaluation training, Evaluation validation, double seconds) {
  /** Training samples per second. */
  public double samplesPerSecond() {
    return training.samples() / seconds;
  }
}
