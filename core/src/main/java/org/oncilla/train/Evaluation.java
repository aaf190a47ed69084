package org.oncilla.train;

import java.util.Map;

/**
 * How good a model is on a data set.
 *
 * @param loss mean over the samples
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
}
