package org.oncilla.cli;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people write them: 0.0005 and 1e9, not 5.0E-4 and 1.0E9. */
final class Numbers {
  /** Powers of ten between which all digits are written out. */
  private static final int SMALLEST_PLAIN = -5;

  private static final int LARGEST_PLAIN = 6;
  private static final MathContext FOUR_DIGITS = new MathContext(4);

  private Numbers() {}

  /** The shortest decimal that is this number. */
  static String text(double number) {
    return Double.isFinite(number)
        ? text(new BigDecimal(Double.toString(number)))
        : Double.toString(number);
  }

  /** Four digits at most, for what was computed. */
  static String rounded(double number) {
    return Double.isFinite(number)
        ? text(new BigDecimal(number).round(FOUR_DIGITS))
        : Double.toString(number);
  }

  private static String text(BigDecimal number) {
    if (number.signum() == 0) {
      return "0";
    }
    BigDecimal shortest = number.stripTrailingZeros();
    int power = shortest.precision() - shortest.scale() - 1;
    return power >= SMALLEST_PLAIN && power < LARGEST_PLAIN
        ? shortest.toPlainString()
        : shortest.scaleByPowerOfTen(-power).toPlainString() + "e" + power;
  }
}
