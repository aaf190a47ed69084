package org.oncilla.benchmarks;

/**
 * How long and how often to measure.
 *
 * @param rounds turns of each side
 * @param warmUpMillis of each side before the first round
 * @param turnMillis the length of a turn
 * @param threads threads of each side
 */
public record Plan(int rounds, int warmUpMillis, int turnMillis, int threads) {
  /** A plan that can be followed. */
  public Plan {
    require("rounds", rounds);
    require("warm-up milliseconds", warmUpMillis);
    require("turn milliseconds", turnMillis);
    require("threads", threads);
  }

  private static void require(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "the number of " + name + " must be at least 1, not " + value);
    }
  }
}
