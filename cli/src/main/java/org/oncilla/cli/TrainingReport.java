package org.oncilla.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.oncilla.train.EpochResult;
import org.oncilla.train.Progress;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;

/** Shows a training's progress and a line for each epoch. */
final class TrainingReport implements TrainingListener, AutoCloseable {
  private final PrintWriter out;
  private final int epochs;
  private final ProgressDisplay display;

  TrainingReport(PrintWriter out, TrainingPlan plan) {
    this.out = out;
    this.epochs = plan.epochs();
    this.display = ProgressDisplay.create(out, plan.batchSize());
  }

  @Override
  public void progressed(Progress progress) {
    display.show(progress);
  }

  @Override
  public void epochEnded(Trainer trainer, EpochResult result) {
    display.close();
    out.printf(
        Locale.ROOT,
        "epoch %d/%d  %s  (%.1f s, %,.0f samples/s)%n",
        result.epoch(),
        epochs,
        EpochRecord.of(result),
        result.seconds(),
        result.samplesPerSecond());
    out.flush();
  }

  @Override
  public void close() {
    display.close();
  }
}
