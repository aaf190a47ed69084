package org.oncilla.optim;

/** The checks that schedules share. */
final class Rates {
  private Rates() {}

  static void requireInitial(String schedule, double initial) {
    if (!(initial > 0 && initial < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          schedule + ": the initial rate must be finite and above 0, not " + initial);
    }
  }

  static void requireFactor(String schedule, double factor) {
    if (!(factor > 0 && factor <= 1)) {
      throw new IllegalArgumentException(
          schedule + ": the factor must be in (0, 1], not " + factor);
    }
  }
}
