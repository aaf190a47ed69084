package org.oncilla.nn;

/** What the settings of normalization layers must be. */
final class NormalizationSettings {
  private NormalizationSettings() {}

  /**
   * Demands a number that can be added to variances.
   *
   * @param layer its type, for the message
   */
  static double eps(String layer, double value) {
    if (!((float) value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          layer + ": eps must be finite and above 0 in single precision, not " + value);
    }
    return value;
  }
}
