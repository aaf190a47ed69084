package org.oncilla.train;

import java.util.Locale;
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
    StringBuilder line = new StringBuilder();
    line.append(figure("epoch %d  loss %.4f", result.epoch(), result.training().loss()));
    Evaluation shown = result.training();
    if (result.validation() != null) {
      shown = result.validation();
      line.append(figure("  validation loss %.4f", shown.loss()));
    }
    shown.metrics().forEach((name, value) -> line.append(figure("  %s %.4f", name, value)));
    LOG.info("{}", line.append(figure("  (%.1f s)", result.seconds())));
  }

  private static String figure(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
