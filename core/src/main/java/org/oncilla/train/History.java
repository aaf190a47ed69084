package org.oncilla.train;

import java.util.List;

/**
 * The epochs of a training.
 *
 * @param epochs in order
 * @param earlyStop how {@link EarlyStopping} ended it; null without
 * @param epochsDone in all, those of earlier calls and of a resumed checkpoint included; after an
 *     early stop those up to the best one, whose weights are there
 * @param epochsAsked the number of epochs in all that was asked for
 */
public record History(
    List<EpochResult> epochs, EarlyStop earlyStop, int epochsDone, int epochsAsked) {
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
              : "fit had nothing to do: "
                  + epochsDone
                  + " epoch(s) are done and "
                  + epochsAsked
                  + " asked for, a total that counts those done before; ask for "
                  + (epochsDone + 1)
                  + " to train one more");
    }
    return epochs.get(epochs.size() - 1);
  }
}
