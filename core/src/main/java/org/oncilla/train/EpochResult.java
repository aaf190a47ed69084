package org.oncilla.train;

import java.util.List;

/**
 * What an epoch brought.
 *
 * @param epoch counted from 1
 * @param training loss and metrics over the epoch's steps, while the weights changed
 * @param validation loss and metrics after the epoch; null where no validation data was given
 * @param seconds of the steps, without the validation
 * @param layers gradients, weights and outputs of each layer over the epoch's steps; empty unless
 *     the trainer {@linkplain Trainer.Builder#watchLayers watches} them
 */
public record EpochResult(
    int epoch,
    Evaluation training,
    Evaluation validation,
    double seconds,
    List<LayerStatistics> layers) {
  /** An epoch whose layers were not watched. */
  public EpochResult(int epoch, Evaluation training, Evaluation validation, double seconds) {
    this(epoch, training, validation, seconds, List.of());
  }

  /** Copies the list. */
  public EpochResult {
    layers = List.copyOf(layers);
  }

  /**
   * A line for reading: the losses, the metrics on the validation data, or on the training data
   * without, and the time, rounded.
   */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder();
    line.append(Evaluation.figure("epoch %d  loss %.4f", epoch, training.loss()));
    if (validation != null) {
      line.append("  validation ");
      line.append(validation.line());
    } else {
      line.append(training.metricsLine());
    }
    return line.append(Evaluation.figure("  (%.1f s)", seconds)).toString();
  }

  /** Training samples per second. */
  public double samplesPerSecond() {
    return training.samples() / seconds;
  }
}
