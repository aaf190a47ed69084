package org.oncilla.train;

import java.util.Map;
import org.oncilla.io.Checkpoint;
import org.oncilla.io.Checkpoints;

/** What {@link EarlyStopping} knows of a training: its best epoch, and how it was then. */
final class BestEpoch implements AutoCloseable {
  private static final String WATCHED = Checkpoint.EARLY_STOPPING + "watched";
  private static final String EPOCH = Checkpoint.EARLY_STOPPING + "best_epoch";
  private static final String VALUE = Checkpoint.EARLY_STOPPING + "best_value";
  private static final String STOPPED = Checkpoint.EARLY_STOPPING + "stopped_epoch";
  private static final String BEST = Checkpoint.EARLY_STOPPING + "best.";

  private final EarlyStopping rule;
  private final TrainingState training;
  private int epoch;
  private double value = Double.NaN;
  private int stopped;

  /** The best epoch, or where the watch began. */
  private int waitsFrom;

  private Snapshot weights;
  private Map<String, String> schedule = Map.of();

  BestEpoch(EarlyStopping rule, TrainingState training) {
    this.rule = rule;
    this.training = training;
  }

  /** Whether patience is at its end. */
  boolean isOver() {
    return stopped - waitsFrom >= rule.patience();
  }

  /**
   * Looks at an epoch.
   *
   * @param number of the epoch, counted from 1
   * @param measured on the validation data
   */
  void epochEnded(int number, Map<String, Double> measured) {
    double now = measured.get(rule.watched());
    if (rule.isBetter(now, value)) {
      value = now;
      take(number);
    } else if (number - waitsFrom >= rule.patience()) {
      stopped = number;
    }
  }

  private void take(int number) {
    if (weights == null) {
      weights = training.snapshot();
    } else {
      weights.renew();
    }
    schedule = training.schedule().state();
    epoch = number;
    waitsFrom = number;
  }

  /**
   * Goes back to the best epoch.
   *
   * @param last number of epochs done
   * @return number of epochs done now
   */
  int restore(int last) {
    if (weights == null) {
      return last;
    }
    weights.restore();
    training.schedule().restore(schedule);
    return epoch;
  }

  EarlyStop outcome() {
    return new EarlyStop(rule.watched(), rule.patience(), stopped, epoch, value);
  }

  /** Adds to a checkpoint of an epoch, with the training as it was after the best one. */
  void save(Checkpoint checkpoint, int last) {
    Map<String, String> state = checkpoint.state();
    state.put(WATCHED, rule.watched());
    state.put(EPOCH, Integer.toString(epoch));
    state.put(VALUE, Double.toString(value));
    state.put(STOPPED, Integer.toString(stopped));
    if (weights != null && epoch != last) {
      Checkpoints.add(checkpoint, BEST, best());
    }
  }

  /** The training goes to its best epoch and back: only there can it be told. */
  private Checkpoint best() {
    Map<String, String> scheduleNow = training.schedule().state();
    try (Snapshot now = training.snapshot()) {
      try {
        int epochs = restore(0);
        return training.checkpoint(epochs);
      } finally {
        now.restore();
        training.schedule().restore(scheduleNow);
      }
    }
  }

  /**
   * Restores a training from a checkpoint, and what was known of its best epoch.
   *
   * @return number of epochs done
   */
  int resume(Checkpoint checkpoint) {
    String watched = checkpoint.state().get(WATCHED);
    if (watched == null) {
      waitsFrom = training.restore(checkpoint);
      return waitsFrom;
    }
    if (!watched.equals(rule.watched())) {
      throw new IllegalArgumentException(
          "resume: the checkpoint's training watched the validation's "
              + watched
              + " to stop early, but this one watches "
              + rule.title()
              + "; watch the same");
    }
    int last = training.restore(checkpoint);
    int best = Math.toIntExact(Checkpoints.number(checkpoint, EPOCH));
    if (best == last) {
      take(best);
    } else if (best > 0) {
      training.restore(Checkpoints.part(checkpoint, BEST));
      take(best);
      training.restore(checkpoint);
    }
    value = Checkpoints.real(checkpoint, VALUE);
    stopped = Math.toIntExact(Checkpoints.number(checkpoint, STOPPED));
    stopped = isOver() ? stopped : 0; // else patience is longer now
    return last;
  }

  @Override
  public void close() {
    if (weights != null) {
      weights.close();
      weights = null;
    }
  }
}
