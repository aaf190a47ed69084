package org.oncilla.tests.conformance;

/**
 * How far a result in single precision may be from the one in double precision, by the usual
 * forward error analysis (Higham, "Accuracy and Stability of Numerical Algorithms", chapters 2 to
 * 4). With unit roundoff u = 2⁻²⁴:
 *
 * <ul>
 *   <li>a sum of n terms, in any order, is off by at most n·u·Σ|term|, each factor of the terms
 *       that is itself rounded adding one u;
 *   <li>an elementary function is off by a number of units in the last place, each at most 2u
 *       relative; the numbers below are what OpenCL C 1.2 grants (section 7.4);
 *   <li>each operation may lose what is below the smallest normal number, as devices may flush
 *       subnormal results to zero.
 * </ul>
 *
 * NaN answers NaN and an infinity answers the same infinity; a result that overflows single
 * precision is an infinity. Zeros of both signs are equal.
 */
final class Tolerance {
  /** Nothing but the same value. */
  static final Tolerance EXACT = new Tolerance(0, null, 0);

  private static final double UNIT_ROUNDOFF = 0x1p-24;

  private final double roundings;
  private final double[] magnitudes;
  private final double ulps;

  private Tolerance(double roundings, double[] magnitudes, double ulps) {
    this.roundings = roundings;
    this.magnitudes = magnitudes;
    this.ulps = ulps;
  }

  /** A result that is off by {@code ulps} units of its own last place. */
  static Tolerance ulps(double ulps) {
    return new Tolerance(0, null, ulps);
  }

  /**
   * A sum of terms.
   *
   * @param roundings additions, and multiplications on the way to one term
   * @param magnitudes Σ|term| of each result
   */
  static Tolerance terms(double roundings, double[] magnitudes) {
    return new Tolerance(roundings, magnitudes, 0);
  }

  /** The same, when a function with slope at most 1 and this error is applied last. */
  Tolerance then(double functionUlps) {
    return new Tolerance(roundings, magnitudes, ulps + functionUlps);
  }

  boolean isExact() {
    return roundings == 0 && ulps == 0;
  }

  /** The largest difference allowed at an index. */
  double allowed(int index, double expected) {
    double ofTerms = magnitudes == null ? 0 : roundings * UNIT_ROUNDOFF * magnitudes[index];
    double ofFunction = ulps * 2 * UNIT_ROUNDOFF * Math.abs(expected);
    double underflow = isExact() ? 0 : (roundings + ulps) * Float.MIN_NORMAL;
    return ofTerms + ofFunction + underflow;
  }

  boolean accepts(int index, double actual, double expected) {
    float single = (float) expected;
    if (Float.isNaN(single) || Float.isInfinite(single) || isExact()) {
      return Float.compare((float) actual, single) == 0 || (float) actual == single;
    }
    return Math.abs(actual - expected) <= allowed(index, expected);
  }
}
