package org.oncilla.train;

import java.util.List;

/**
 * The epochs of a training.
 *
 * @param epochs in order
 * @param earlyStop how {@link EarlyStopping} ended it; null without
 */
public record History(List<EpochResult> epochs, EarlyStop earlyStop) {
  /**
   * The last epoch.
   *
   * @throws IllegalStateException if there was none
   */
  public EpochResult last() {
    if (epochs.isEmpty()) {
      throw new IllegalStateException(
          earlyStop != null && earlyStop.stopped()
              ? "fit had nothing to do: this training was " + earlyStop
              : "fit had nothing to do: its number of epochs counts those done before; pass a larger"
                  + " one");
    }
    return epochs.get(epochs.size() - 1);
  }
}
