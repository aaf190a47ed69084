package org.oncilla.cli;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.oncilla.train.Progress;

/** A bar for each epoch on a terminal. */
final class ProgressBarDisplay implements ProgressDisplay {
  private static final int UPDATE_MILLISECONDS = 200;
  private static final int LONGEST_BAR = 40;
  private static final boolean UNICODE = Charset.defaultCharset().newEncoder().canEncode('\u2588');
  private static final String DONE = UNICODE ? "\u2588" : "#";
  private static final String TO_DO = UNICODE ? "\u2591" : ".";

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
    bar.setExtraMessage(ProgressDisplay.details(progress, batchSize));
    bar.stepTo(progress.step());
  }

  private ProgressBar open(Progress progress) {
    return new ProgressBarBuilder()
        .setTaskName("epoch " + progress.epoch() + "/" + progress.epochs())
        .setInitialMax(progress.steps())
        .setUpdateIntervalMillis(UPDATE_MILLISECONDS)
        .setRenderer(ProgressBarDisplay::render)
        .setConsumer(new ConsoleProgressBarConsumer(terminal))
        .clearDisplayOnFinish()
        .build();
  }

  /** The bar takes what the words leave of the line. */
  private static String render(ProgressState state, int columns) {
    String left = state.getTaskName() + " ";
    String right =
        String.format(
            Locale.ROOT,
            " %3.0f %%  %s ",
            100 * state.getNormalizedProgress(),
            state.getExtraMessage());
    int length = Math.min(LONGEST_BAR, Math.max(0, columns - left.length() - right.length()));
    int done = (int) (length * state.getNormalizedProgress());
    return left + DONE.repeat(done) + TO_DO.repeat(length - done) + right;
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
