package org.oncilla.cli;

import org.oncilla.formats.CheckpointListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a user who stops a training where its last checkpoint is, and lets one that is being saved
 * be finished.
 */
final class InterruptMessage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InterruptMessage.class);

  private final Thread hook;

  private InterruptMessage(Thread hook) {
    this.hook = hook;
  }

  /** Prints when the JVM is stopped before this is closed. */
  static InterruptMessage install(TrainingPlan plan, CheckpointListener saver) {
    Thread hook =
        new Thread(
            () -> {
              System.err.printf("%noncilla: stopped. %s%n", TrainCommand.lastGood(plan, saver));
              if (saver.epoch() > 0) {
                System.err.printf("To go on, give --resume %s%n", saver.file());
              }
            },
            "oncilla-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    return new InterruptMessage(hook);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException stopping) {
      LOG.debug("the JVM stops, so the hook stays", stopping);
    }
  }
}
