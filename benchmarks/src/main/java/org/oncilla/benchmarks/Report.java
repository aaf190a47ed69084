package org.oncilla.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.oncilla.benchmarks.workload.TrainingWorkload;
import org.oncilla.benchmarks.workload.Workload;

/** Measurements as a table: medians, with the quartiles in brackets. */
final class Report {
  private static final String NOTHING = "–";

  private Report() {}

  /** The table; all measurements have the same sides. */
  static Table table(List<Measurement> measurements) {
    List<String> heading = new ArrayList<>(List.of("workload"));
    List<Measurement.Side> sides = measurements.get(0).sides();
    sides.forEach(side -> heading.add(side.library() + " ms"));
    if (sides.size() > 1) {
      heading.add("times as fast");
    }
    boolean rates = measurements.stream().anyMatch(m -> m.workload().flops() > 0);
    if (rates) {
      sides.forEach(side -> heading.add(side.library() + " GFLOP/s"));
    }
    heading.addAll(List.of("weights", "kernel calls", "reads", "new buffers"));
    Table table = new Table(heading);
    measurements.forEach(measurement -> table.add(row(measurement, rates)));
    return table;
  }

  private static List<String> row(Measurement measurement, boolean rates) {
    Measurement.Side own = measurement.sides().get(0);
    List<String> row = new ArrayList<>(List.of(measurement.workload().name()));
    measurement.sides().forEach(side -> row.add(cell(side.milliseconds())));
    measurement.speedUp().ifPresent(ratio -> row.add(cell(ratio)));
    if (rates) {
      measurement.sides().forEach(side -> row.add(rate(measurement.workload(), side)));
    }
    row.add(
        own.parameterCount() == 0
            ? NOTHING
            : String.format(Locale.ROOT, "%,d", own.parameterCount()));
    row.add(own.calls().map(calls -> Integer.toString(calls.kernels())).orElse(NOTHING));
    row.add(own.calls().map(calls -> Integer.toString(calls.reads())).orElse(NOTHING));
    row.add(own.newBuffers().map(count -> Long.toString(count)).orElse(NOTHING));
    return row;
  }

  private static String rate(Workload workload, Measurement.Side side) {
    return workload.flops() == 0
        ? NOTHING
        : String.format(Locale.ROOT, "%.0f", workload.flops() / side.milliseconds().median() / 1e6);
  }

  private static String cell(Quartiles quartiles) {
    return digits(quartiles.median())
        + " ("
        + digits(quartiles.lower())
        + "–"
        + digits(quartiles.upper())
        + ")";
  }

  /** Three significant digits, without an exponent. */
  static String digits(double value) {
    int magnitude = value > 0 ? (int) Math.floor(Math.log10(value)) : 0;
    return String.format(Locale.ROOT, "%." + Math.max(0, 2 - magnitude) + "f", value);
  }

  /** The geometric mean of the speed-ups in training; empty where none was compared. */
  static Optional<String> trainingMean(List<Measurement> measurements) {
    double[] ratios =
        measurements.stream()
            .filter(measurement -> measurement.workload() instanceof TrainingWorkload)
            .flatMap(measurement -> measurement.speedUp().stream())
            .mapToDouble(Quartiles::median)
            .toArray();
    return ratios.length == 0
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "Training, geometric mean of %d: %s times as fast.",
                ratios.length,
                digits(Quartiles.geometricMean(ratios))));
  }
}
