package org.oncilla.examples;

import java.util.Locale;
import org.oncilla.train.EpochResult;
import org.oncilla.train.Trainer;
import org.oncilla.train.TrainingListener;

/** Prints a line for each epoch. */
final class EpochLines implements TrainingListener {
  @Override
  public void started(Trainer trainer) {
    System.out.println(trainer.model().summary());
  }

  @Override
  public void epochEnded(Trainer trainer, EpochResult result) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT, "epoch %d  loss %.4f", result.epoch(), result.training().loss()));
    if (result.validation() != null) {
      line.append(String.format(Locale.ROOT, "  test loss %.4f", result.validation().loss()));
      result
          .validation()
          .metrics()
          .forEach((name, value) -> line.append(String.format("  %s %.4f", name, value)));
    }
    System.out.println(line.append(String.format(Locale.ROOT, "  (%.1f s)", result.seconds())));
  }
}
