package org.oncilla.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.oncilla.train.EpochResult;
import org.oncilla.train.Evaluation;

/**
 * What is reported of an epoch, and kept in the model's file for whoever goes on with it.
 *
 * @param epoch counted from 1
 */
record EpochRecord(
    int epoch, double trainLoss, double trainAccuracy, double testLoss, double testAccuracy) {
  /** The state of a checkpoint that {@link #write} is for. */
  static final String KEY = "history";

  private static final String ACCURACY = "accuracy";
  private static final String COMMA = ",";
  private static final int FIELDS = 5;

  static EpochRecord of(EpochResult result) {
    return new EpochRecord(
        result.epoch(),
        result.training().loss(),
        accuracy(result.training()),
        result.validation().loss(),
        accuracy(result.validation()));
  }

  static double accuracy(Evaluation evaluation) {
    return evaluation.metrics().get(ACCURACY);
  }

  /** The epochs as text, one in a line. */
  static String write(List<EpochRecord> epochs) {
    return epochs.stream().map(EpochRecord::line).collect(Collectors.joining("\n"));
  }

  private String line() {
    return epoch
        + COMMA
        + trainLoss
        + COMMA
        + trainAccuracy
        + COMMA
        + testLoss
        + COMMA
        + testAccuracy;
  }

  /** Reads what {@link #write} wrote; nothing from null. */
  static List<EpochRecord> read(ModelFile file) {
    List<EpochRecord> epochs = new ArrayList<>();
    String text = file.state(KEY);
    if (text != null && !text.isEmpty()) {
      for (String line : text.split("\n")) {
        epochs.add(parse(file, line));
      }
    }
    return epochs;
  }

  private static EpochRecord parse(ModelFile file, String line) {
    String[] parts = line.split(COMMA);
    try {
      if (parts.length == FIELDS) {
        return new EpochRecord(
            Integer.parseInt(parts[0]),
            Double.parseDouble(parts[1]),
            Double.parseDouble(parts[2]),
            Double.parseDouble(parts[3]),
            Double.parseDouble(parts[4]));
      }
    } catch (NumberFormatException malformed) {
      throw new CommandException(unreadable(file, line), malformed);
    }
    throw new CommandException(unreadable(file, line));
  }

  private static String unreadable(ModelFile file, String line) {
    return file.path() + ": its " + KEY + " has the unreadable line \"" + line + "\"";
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "train loss %.4f, accuracy %.4f; test loss %.4f, accuracy %.4f",
        trainLoss,
        trainAccuracy,
        testLoss,
        testAccuracy);
  }
}
