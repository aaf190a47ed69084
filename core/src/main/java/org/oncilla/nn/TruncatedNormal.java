package org.oncilla.nn;

import org.oncilla.random.Generator;
import org.oncilla.tensor.Shape;

/**
 * The normal distribution within bounds, by rejection: of normal numbers where the interval is
 * wide, else of uniform ones, so that a few draws do in either case.
 *
 * @param mean of the whole distribution
 * @param deviation of the whole distribution
 * @param low the smallest value
 * @param high the largest value
 */
record TruncatedNormal(double mean, double deviation, double low, double high)
    implements Initializer {
  private static final double FAR = 2;
  private static final double WIDE = 2.5;

  TruncatedNormal {
    if (!(deviation > 0)) {
      throw new IllegalArgumentException("truncatedNormal: the deviation must be above 0");
    }
    if (mean < low - FAR * deviation || mean > high + FAR * deviation) {
      throw new IllegalArgumentException(
          "truncatedNormal: the mean, "
              + mean
              + ", is more than two deviations outside of ["
              + low
              + ", "
              + high
              + "], where hardly any value is");
    }
  }

  @Override
  public void fill(float[] values, int offset, Shape shape, Generator generator) {
    boolean wide = high - low > WIDE * deviation;
    for (int i = 0; i < shape.length(); i++) {
      values[offset + i] = (float) (wide ? ofNormal(generator) : ofUniform(generator));
    }
  }

  private double ofNormal(Generator generator) {
    double value;
    do {
      value = mean + deviation * generator.nextGaussian();
    } while (value < low || value > high);
    return value;
  }

  /** Keeps a value with its density, relative to the largest one between the bounds. */
  private double ofUniform(Generator generator) {
    double mode = Math.max(low, Math.min(high, mean));
    double value;
    do {
      value = low + (high - low) * generator.nextDouble();
    } while (generator.nextDouble() >= StrictMath.exp(exponent(value) - exponent(mode)));
    return value;
  }

  private double exponent(double value) {
    double distance = (value - mean) / deviation;
    return -distance * distance / 2;
  }
}
