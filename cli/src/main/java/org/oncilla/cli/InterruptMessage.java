package org.oncilla.cli;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a user who stops a training where its last checkpoint is and how to go on, and lets one
 * that is being saved be finished.
 */
final class InterruptMessage implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(InterruptMessage.class);

  private final Thread hook;

  private InterruptMessage(Thread hook) {
    this.hook = hook;
  }

  /** Prints when the JVM is stopped before this is closed. */
  static InterruptMessage install(TrainingOutputs outputs, ResumeCommand resume) {
    Thread hook = new Thread(() -> tell(outputs, resume), "oncilla-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
    return new InterruptMessage(hook);
  }

  private static void tell(TrainingOutputs outputs, ResumeCommand resume) {
    outputs.stop();
    System.err.printf("%noncilla: stopped. %s%n", outputs.lastGood());
    Path checkpoint = outputs.lastGoodFile();
    if (checkpoint != null) {
      System.err.printf("To go on: %s%n", resume.from(checkpoint));
    }
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
