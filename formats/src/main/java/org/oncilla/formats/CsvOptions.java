package org.oncilla.formats;

import java.util.List;

/**
 * How a CSV file is written.
 *
 * @param separator between two fields, such as a comma, a semicolon or a tab
 * @param missing what a cell holds, without spaces around it, where a value is missing; empty cells
 *     and NaN, in any case, stand for missing values too
 */
public record CsvOptions(char separator, List<String> missing) {
  /** Commas, and no marker of missing values but empty cells and NaN. */
  public static final CsvOptions DEFAULT = new CsvOptions(',', List.of());

  /**
   * Options that can be read by.
   *
   * @throws IllegalArgumentException if a number, a name or a line break could hold the separator
   */
  public CsvOptions {
    if (Character.isLetterOrDigit(separator) || "\"\r\n.+-_".indexOf(separator) >= 0) {
      throw new IllegalArgumentException(
          "fields cannot be separated by "
              + literal(separator)
              + "; choose a character that is in no number and no name, such as ',', ';' or '\\t'");
    }
    missing = List.copyOf(missing);
  }

  /** The same with another character between fields. */
  public CsvOptions separator(char between) {
    return new CsvOptions(between, missing);
  }

  /** The same with other markers of missing values, such as {@code "NA"} or {@code "?"}. */
  public CsvOptions missing(String... markers) {
    return new CsvOptions(separator, List.of(markers));
  }

  boolean isMissing(String cell) {
    String text = cell.strip();
    return text.isEmpty() || text.equalsIgnoreCase("nan") || missing.contains(text);
  }

  /** A character as it is written in Java. */
  static String literal(char character) {
    return switch (character) {
      case '\t' -> "'\\t'";
      case '\n' -> "'\\n'";
      case '\r' -> "'\\r'";
      default -> "'" + character + "'";
    };
  }
}
