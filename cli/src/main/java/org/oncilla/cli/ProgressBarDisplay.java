package org.oncilla.cli;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.oncilla.train.Progress;

/** A bar for each epoch on a terminal. */
final class ProgressBarDisplay implements ProgressDisplay {
  private static final int UPDATE_MILLISECONDS = 200;

  private final PrintStream terminal;
  private final int batchSize;
  private ProgressBar bar;

  ProgressBarDisplay(PrintStream terminal, int batchSize) {
    this.terminal = terminal;
    this.batchSize = batchSize;
  }

  @Override
  public void show(Progress progress) {
    if (bar == null) {
      bar = open(progress);
    }
    bar.setExtraMessage(" " + ProgressDisplay.details(progress, batchSize));
    bar.stepTo(progress.step());
  }

  private ProgressBar open(Progress progress) {
    return new ProgressBarBuilder()
        .setTaskName("epoch " + progress.epoch() + "/" + progress.epochs())
        .setInitialMax(progress.steps())
        .setStyle(
            Charset.defaultCharset().equals(StandardCharsets.UTF_8)
                ? ProgressBarStyle.UNICODE_BLOCK
                : ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(UPDATE_MILLISECONDS)
        .setConsumer(new ConsoleProgressBarConsumer(terminal))
        .clearDisplayOnFinish()
        .hideEta()
        .build();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
