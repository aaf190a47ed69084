package org.oncilla.train;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line to the log after each epoch, at level INFO: the losses, the metrics on the
 * validation data and the time. {@code Trainer.of(model).listener(new EpochLog())}.
 */
public final class EpochLog implements TrainingListener {
  private static final Logger LOG = LoggerFactory.getLogger(EpochLog.class);

  @Override
  public void epochEnded(Trainer trainer, EpochResult result) {
    LOG.info("{}", result);
  }
}
