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

  /** Training samples per second. */
  public double samplesPerSecond() {
    return training.samples() / seconds;
  }
}
