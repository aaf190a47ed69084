package org.oncilla.train;

import java.util.Set;
import org.oncilla.optim.LearningRateSchedule;

/**
 * When to stop a training that no longer gets better on the validation data: {@code
 * Trainer.of(model).earlyStopping(new EarlyStopping(5))}. After each epoch, with the value that it
 * watches:
 *
 * <pre>
 * better if  value &lt; best − minDelta     (watching a highest: value &gt; best + minDelta)
 * stop when  {@code patience} epochs in a row were no better
 * </pre>
 *
 * <p>It watches the loss on the validation data unless told otherwise; NaN is never better. Whether
 * it stopped the training or the epochs were up, the training ends as it was after its best epoch:
 * weights, buffers, the optimizer's state and the random streams. {@link History#earlyStop} tells
 * why and where. What it knows is part of checkpoints, the best epoch's weights included, so that a
 * resumed training stops where one that never stopped does. The settings may serve many trainings.
 */
public final class EarlyStopping {
  private final int patience;
  private double minDelta;
  private String watched = LearningRateSchedule.LOSS;
  private boolean increasing;

  /**
   * Watches the loss on the validation data.
   *
   * @param patience how many epochs in a row may be no better; the last of them ends the training.
   *     At least 1
   */
  public EarlyStopping(int patience) {
    if (patience < 1) {
      throw new IllegalArgumentException(
          "EarlyStopping: the patience must be at least 1 epoch, not " + patience);
    }
    this.patience = patience;
  }

  /** By how much a value must be better to count as better; 0 unless given. At least 0. */
  public EarlyStopping minDelta(double difference) {
    if (!(difference >= 0 && difference < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "EarlyStopping: the minimum delta must be a finite number of at least 0, not "
              + difference);
    }
    minDelta = difference;
    return this;
  }

  /** Watches a metric on the validation data that is to grow, such as {@code accuracy}. */
  public EarlyStopping watchHighest(String metric) {
    watched = metric;
    increasing = true;
    return this;
  }

  /** Watches a metric on the validation data that is to fall, such as a mean absolute error. */
  public EarlyStopping watchLowest(String metric) {
    watched = metric;
    increasing = false;
    return this;
  }

  int patience() {
    return patience;
  }

  String watched() {
    return watched;
  }

  /** What is watched, in words. */
  String title() {
    return "the validation's " + watched;
  }

  boolean isBetter(double value, double best) {
    if (Double.isNaN(best)) {
      return !Double.isNaN(value);
    }
    return increasing ? value > best + minDelta : value < best - minDelta;
  }

  /** Demands that what is watched is measured. */
  void requireFits(Set<String> measured) {
    if (measured.isEmpty()) {
      throw new IllegalArgumentException(
          "EarlyStopping: watches "
              + title()
              + ", but there is no validation data; pass it to fit");
    }
    if (!measured.contains(watched)) {
      throw new IllegalArgumentException(
          "EarlyStopping: watches "
              + title()
              + ", but measured are "
              + measured.stream().sorted().toList()
              + "; pass the metric to the trainer");
    }
  }
}
