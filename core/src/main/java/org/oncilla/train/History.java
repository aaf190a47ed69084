package org.oncilla.train;

import java.util.List;

/**
 * The epochs of a training.
 *
 * @param epochs in order
 */
public record History(List<EpochResult> epochs) {
  /**
   * The last epoch.
   *
   * @throws IllegalStateException if there was none
   */
  public EpochResult last() {
    if (epochs.isEmpty()) {
      throw new IllegalStateException("the training had no epoch left to do");
    }
    return epochs.get(epochs.size() - 1);
  }
}
