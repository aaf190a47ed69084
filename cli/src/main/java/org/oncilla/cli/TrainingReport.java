package org.oncilla.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.oncilla.train.EpochResult;
import org.oncilla.train.LayerStatistics;
import org.oncilla.train.Progress;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows a training's progress and a line for each epoch. */
final class TrainingReport implements TrainingListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingReport.class);

  private final PrintWriter out;
  private final int epochs;
  private final ProgressDisplay display;
  private boolean progressed;

  TrainingReport(PrintWriter out, TrainingPlan plan) {
    this.out = out;
    this.epochs = plan.epochs();
    this.display = ProgressDisplay.create(out, plan.batchSize());
  }

  @Override
  public void started(Trainer trainer) {
    logStart("training begins");
  }

  @Override
  public void progressed(Progress progress) {
    if (!progressed) {
      progressed = true;
      logStart("step " + progress.step() + " is done");
    }
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
    if (!result.layers().isEmpty()) {
      out.printf("%n%s%n", LayerStatistics.table(result.layers()));
    }
    out.flush();
  }

  /** How long the JVM and the command took to get here. */
  private static void logStart(String what) {
    if (LOG.isDebugEnabled()) {
      ProcessHandle.Info jvm = ProcessHandle.current().info();
      jvm.startInstant()
          .ifPresent(
              start ->
                  LOG.debug(
                      "{} {} ms after the JVM started, {} ms of processor time",
                      what,
                      Duration.between(start, Instant.now()).toMillis(),
                      jvm.totalCpuDuration().map(Duration::toMillis).orElse(-1L)));
    }
  }

  @Override
  public void close() {
    display.close();
  }
}
