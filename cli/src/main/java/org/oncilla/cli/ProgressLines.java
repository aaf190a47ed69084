package org.oncilla.cli;

import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import org.oncilla.train.Progress;

/** Shows progress in lines, some seconds apart, for logs. */
final class ProgressLines implements ProgressDisplay {
  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(5);

  private final PrintWriter out;
  private final int batchSize;
  private long last = System.nanoTime();

  ProgressLines(PrintWriter out, int batchSize) {
    this.out = out;
    this.batchSize = batchSize;
  }

  @Override
  public void show(Progress progress) {
    long now = System.nanoTime();
    if (now - last >= INTERVAL && progress.step() < progress.steps()) {
      last = now;
      out.printf(
          "epoch %d/%d  %3d %%  %s%n",
          progress.epoch(),
          progress.epochs(),
          100 * progress.step() / progress.steps(),
          ProgressDisplay.details(progress, batchSize));
    }
  }

  @Override
  public void close() {
    out.flush();
  }
}
