package org.oncilla.train;

import java.util.Locale;

/**
 * How a training with {@link EarlyStopping} ended.
 *
 * @param watched name of the metric, or {@code loss}
 * @param patience epochs in a row that might be no better
 * @param stoppedEpoch the epoch after which it was stopped; 0 where the epochs were up first
 * @param bestEpoch the epoch whose weights the model has; 0 where no epoch had a value but NaN, and
 *     the model has the last weights
 * @param bestValue what was watched, after that epoch; NaN where there is none
 */
public record EarlyStop(
    String watched, int patience, int stoppedEpoch, int bestEpoch, double bestValue) {
  /** Whether the training was stopped before its epochs were up. */
  public boolean stopped() {
    return stoppedEpoch > 0;
  }

  /** A sentence that says why and when, and what weights the model has. */
  @Override
  public String toString() {
    String end =
        stopped()
            ? "stopped after epoch "
                + stoppedEpoch
                + ": the validation's "
                + watched
                + " was no better for "
                + patience
                + (patience == 1 ? " epoch" : " epochs")
            : "not stopped early";
    return end
        + (bestEpoch == 0
            ? "; it was NaN in every epoch, and the weights are the last"
            : String.format(
                Locale.ROOT,
                "; the weights are those of epoch %d, with %s %.6g",
                bestEpoch,
                watched,
                bestValue));
  }
}
