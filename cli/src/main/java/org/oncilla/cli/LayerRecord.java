package org.oncilla.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.oncilla.train.EpochResult;
import org.oncilla.train.LayerStatistics;

/**
 * The statistics of a layer over an epoch, kept in the model's file.
 *
 * @param epoch counted from 1
 */
record LayerRecord(int epoch, LayerStatistics layer) {
  /** The state of a checkpoint that {@link #write} is for. */
  static final String KEY = "layer_norms";

  private static final String COMMA = ",";
  private static final int FIELDS = 6;

  /** None of an epoch whose layers were not watched. */
  static List<LayerRecord> of(EpochResult result) {
    return result.layers().stream().map(layer -> new LayerRecord(result.epoch(), layer)).toList();
  }

  /**
   * As text, one in a line: epoch, type, gradient norm, weight norm, activation RMS, and at the end
   * the path, in which a model may have commas.
   */
  static String write(List<LayerRecord> records) {
    return records.stream().map(LayerRecord::line).collect(Collectors.joining("\n"));
  }

  private String line() {
    return String.join(
        COMMA,
        Integer.toString(epoch),
        layer.type(),
        Double.toString(layer.gradientNorm()),
        Double.toString(layer.weightNorm()),
        Double.toString(layer.activationRms()),
        layer.path());
  }

  /** Reads what {@link #write} wrote; nothing where the file has nothing of it. */
  static List<LayerRecord> read(ModelFile file) {
    List<LayerRecord> records = new ArrayList<>();
    String text = file.state(KEY);
    if (text != null && !text.isEmpty()) {
      for (String line : text.split("\n")) {
        records.add(parse(file, line));
      }
    }
    return records;
  }

  /** The layers in the last epoch in which they were watched. */
  static Optional<List<LayerRecord>> last(ModelFile file) {
    List<LayerRecord> records = read(file);
    if (records.isEmpty()) {
      return Optional.empty();
    }
    int epoch = records.get(records.size() - 1).epoch();
    return Optional.of(records.stream().filter(record -> record.epoch() == epoch).toList());
  }

  private static LayerRecord parse(ModelFile file, String line) {
    String[] parts = line.split(COMMA, FIELDS);
    try {
      if (parts.length == FIELDS) {
        return new LayerRecord(
            Integer.parseInt(parts[0]),
            new LayerStatistics(
                parts[5],
                parts[1],
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]),
                Double.parseDouble(parts[4])));
      }
    } catch (NumberFormatException malformed) {
      throw new CommandException(unreadable(file, line), malformed);
    }
    throw new CommandException(unreadable(file, line));
  }

  private static String unreadable(ModelFile file, String line) {
    return file.path() + ": its " + KEY + " has the unreadable line \"" + line + "\"";
  }
}
