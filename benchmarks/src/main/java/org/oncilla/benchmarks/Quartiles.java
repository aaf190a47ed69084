package org.oncilla.benchmarks;

import java.util.Arrays;

/**
 * The middle of many measurements.
 *
 * @param lower a quarter of them is below
 * @param median half of them is below
 * @param upper three quarters of them are below
 */
public record Quartiles(double lower, double median, double upper) {
  /**
   * Of some values, interpolated linearly between neighbours in their order.
   *
   * @throws IllegalArgumentException if there are none
   */
  public static Quartiles of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("quartiles of no measurements; run at least one round");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
  }

  private static double at(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  /** The geometric mean: the fair mean of ratios. */
  public static double geometricMean(double... values) {
    return Math.exp(Arrays.stream(values).map(Math::log).average().orElse(Double.NaN));
  }
}
