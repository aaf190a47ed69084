package org.oncilla.formats;

/** Cells as numbers. */
final class CsvNumber {
  private CsvNumber() {}

  /**
   * The number that a cell holds.
   *
   * @throws NumberFormatException if it holds none, or none that is finite in single precision; the
   *     message says which and what to do, as the end of a sentence that begins with the cell
   */
  static float parse(String cell) {
    float value;
    try {
      // Java reads the suffixes of its literals too, but "3d" in a table is no 3.
      value = hasSuffix(cell) ? Float.NaN : Float.parseFloat(cell);
    } catch (NumberFormatException malformed) {
      value = Float.NaN;
    }
    if (Float.isInfinite(value)) {
      throw new NumberFormatException("is no finite number in single precision");
    }
    if (Float.isNaN(value)) {
      throw new NumberFormatException(
          cell.matches("[+-]?[0-9.]*,[0-9]+")
              ? "is no number; write decimals with a point"
              : "is no number; if it stands for a missing value, read the file with"
                  + " CsvOptions.DEFAULT.missing(\""
                  + cell
                  + "\"); a column of texts becomes inputs by oneHot");
    }
    return value;
  }

  static boolean isNumber(String cell) {
    try {
      parse(cell);
      return true;
    } catch (NumberFormatException text) {
      return false;
    }
  }

  static boolean isWhole(float value) {
    return value == Math.rint(value);
  }

  private static boolean hasSuffix(String cell) {
    return !cell.isEmpty() && "fFdD".indexOf(cell.charAt(cell.length() - 1)) >= 0;
  }
}
