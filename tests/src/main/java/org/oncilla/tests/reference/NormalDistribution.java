package org.oncilla.tests.reference;

/** The standard normal distribution in double precision. */
public final class NormalDistribution {
  /** From here on the continued fraction converges faster than the series. */
  private static final double TAIL = 2;

  private static final int FRACTION_DEPTH = 200;

  private NormalDistribution() {}

  /** φ(x) = e<sup>−x²/2</sup> / √(2π). */
  public static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /**
   * Φ(x) = (1 + erf(x/√2)) / 2, by the series ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …) and in the tails
   * by the continued fraction Φ(−t) = φ(t) / (t + 1/(t + 2/(t + 3/…))) (Abramowitz and Stegun,
   * 26.2.11 and 26.2.14).
   */
  public static double cumulative(double x) {
    if (x > TAIL) {
      return 1 - cumulative(-x);
    }
    if (x < -TAIL) {
      return density(x) / fraction(-x);
    }
    double term = x;
    double sum = 0;
    for (int n = 3; Math.abs(term) > Math.ulp(sum) / 2; n += 2) {
      sum += term;
      term *= x * x / n;
    }
    return 0.5 + density(x) * sum;
  }

  private static double fraction(double t) {
    double value = t;
    for (int n = FRACTION_DEPTH; n > 0; n--) {
      value = t + n / value;
    }
    return value;
  }
}
