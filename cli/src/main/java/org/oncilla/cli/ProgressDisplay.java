package org.oncilla.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Locale;
import org.oncilla.train.Progress;

/** Shows how far a training is. */
interface ProgressDisplay extends AutoCloseable {
  /** Shows it, or leaves it out where the last time was just now. */
  void show(Progress progress);

  /** Ends the display of an epoch; other output may follow. */
  @Override
  void close();

  /** A bar where a person looks at a terminal, else now and then a line. */
  static ProgressDisplay create(PrintWriter out, int batchSize) {
    return isTerminal()
        ? new ProgressBarDisplay(System.out, batchSize)
        : new ProgressLines(out, batchSize);
  }

  /** What is shown beside how far the epoch is. */
  static String details(Progress progress, int batchSize) {
    return String.format(
        Locale.ROOT,
        "loss %.4f, %,.0f samples/s, %s left",
        progress.loss(),
        progress.samplesPerSecond(),
        duration(secondsLeft(progress, batchSize)));
  }

  /** How long the steps of this epoch and of the ones after it will take. */
  static double secondsLeft(Progress progress, int batchSize) {
    long stepsLeft =
        (long) (progress.epochs() - progress.epoch()) * progress.steps()
            + progress.steps()
            - progress.step();
    return stepsLeft * batchSize / progress.samplesPerSecond();
  }

  private static String duration(double seconds) {
    long rounded = Math.round(seconds);
    return rounded < 60
        ? rounded + " s"
        : String.format(Locale.ROOT, "%d:%02d min", rounded / 60, rounded % 60);
  }

  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      // From JDK 22 on there is a console without a terminal, and a method that tells.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException olderJdk) {
      return true;
    } catch (ReflectiveOperationException unreadable) {
      return false;
    }
  }
}
