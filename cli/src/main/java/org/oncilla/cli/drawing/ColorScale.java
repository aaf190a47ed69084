package org.oncilla.cli.drawing;

/**
 * Which number has which colour.
 *
 * @param map the colours
 * @param min number of the first colour
 * @param max number of the last colour, at least {@code min}
 */
public record ColorScale(ColorMap map, double min, double max) {
  /**
   * For outputs: white at 0 where some are below it, from the smallest to the largest where none
   * is.
   */
  public static ColorScale of(float[] values) {
    for (float value : values) {
      if (value < 0) {
        return diverging(values);
      }
    }
    return sequential(values);
  }

  /** From the smallest to the largest of some numbers. */
  public static ColorScale sequential(float[] values) {
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (float value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    return new ColorScale(ColorMap.SEQUENTIAL, min, max);
  }

  /** As far to either side of 0 as the number that is farthest from it. */
  public static ColorScale diverging(float[] values) {
    double largest = largest(values);
    return new ColorScale(ColorMap.DIVERGING, -largest, largest);
  }

  /** The largest absolute value. */
  public static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /**
   * The colour of a number; where all numbers are the same, that of the middle.
   *
   * @return 0xRRGGBB
   */
  public int rgb(double value) {
    return map.rgb(max > min ? (value - min) / (max - min) : 0.5);
  }
}
