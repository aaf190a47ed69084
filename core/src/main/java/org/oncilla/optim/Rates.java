package org.oncilla.optim;

/** The checks and the curve that schedules share. */
final class Rates {
  private Rates() {}

  /** Half a wave of the cosine from one rate to another; {@code done} is in [0, 1]. */
  static double cosine(double from, double to, double done) {
    return to + (from - to) * (1 + StrictMath.cos(Math.PI * done)) / 2;
  }

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

  static void requireEpochs(String schedule, int epochs) {
    if (epochs < 1) {
      throw new IllegalArgumentException(schedule + ": needs at least 1 epoch, not " + epochs);
    }
  }
}
