package org.oncilla.train;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.oncilla.metric.Metric;
import org.oncilla.optim.LearningRateSchedule;

/**
 * How good a model is on a data set.
 *
 * @param loss mean over the samples: what the loss tells of each batch, weighted by its size
 * @param metrics each metric's value by its name
 * @param samples number of samples
 */
public record Evaluation(double loss, Map<String, Double> metrics, int samples) {
  /**
   * A metric's value.
   *
   * @throws IllegalArgumentException if there is none of that name, naming those there are
   */
  public double metric(String name) {
    Double value = metrics.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "there is no metric " + name + "; those measured are " + metrics.keySet());
    }
    return value;
  }

  /** Loss and metrics, rounded, and the number of samples. */
  @Override
  public String toString() {
    return line() + figure("  (%d samples)", samples);
  }

  /** Loss and metrics, rounded. */
  String line() {
    return figure("loss %.4f", loss) + metricsLine();
  }

  /** The metrics, rounded, each after two spaces. */
  String metricsLine() {
    StringBuilder line = new StringBuilder();
    metrics.forEach((name, value) -> line.append(figure("  %s %.4f", name, value)));
    return line.toString();
  }

  static String figure(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** The names of {@link #figures} by these metrics. */
  static Set<String> names(List<Metric> metrics) {
    Set<String> names = new LinkedHashSet<>(Set.of(LearningRateSchedule.LOSS));
    metrics.forEach(metric -> names.add(metric.name()));
    return names;
  }

  /** What schedules and early stopping may watch; nothing where nothing was measured. */
  static Map<String, Double> figures(Evaluation measured) {
    if (measured == null) {
      return Map.of();
    }
    Map<String, Double> figures = new LinkedHashMap<>(measured.metrics());
    figures.put(LearningRateSchedule.LOSS, measured.loss());
    return figures;
  }
}
