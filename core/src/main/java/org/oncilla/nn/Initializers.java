package org.oncilla.nn;

import java.util.function.ToDoubleFunction;
import org.oncilla.tensor.Shape;

/**
 * The usual ways to draw initial weights. For a weight [out, in, kH, kW], fan-in is in·kH·kW and
 * fan-out is out·kH·kW.
 */
public final class Initializers {
  private Initializers() {}

  /** All zeros; hidden units that start equal stay equal, so this is for biases. */
  public static Initializer zeros() {
    return constant(0);
  }

  /** One value. */
  public static Initializer constant(double value) {
    return (values, offset, shape, generator) ->
        java.util.Arrays.fill(values, offset, offset + shape.length(), (float) value);
  }

  /**
   * Uniform in [low, high).
   *
   * @param high above {@code low}; both finite
   */
  public static Initializer uniform(double low, double high) {
    requireInterval("uniform", low, high);
    return (values, offset, shape, generator) -> {
      for (int i = 0; i < shape.length(); i++) {
        values[offset + i] = (float) (low + (high - low) * generator.nextDouble());
      }
    };
  }

  /** Normal with mean 0; the deviation is finite and at least 0. */
  public static Initializer normal(double standardDeviation) {
    return normal(0, standardDeviation);
  }

  /** Normal; the mean is finite, the deviation finite and at least 0. */
  public static Initializer normal(double mean, double standardDeviation) {
    requireNormal("normal", mean, standardDeviation);
    return (values, offset, shape, generator) -> {
      for (int i = 0; i < shape.length(); i++) {
        values[offset + i] = (float) (mean + standardDeviation * generator.nextGaussian());
      }
    };
  }

  /**
   * Normal, drawn again until a value lies in [low, high].
   *
   * @param mean at most two deviations outside of [low, high]
   * @param standardDeviation of the distribution before it is cut, above 0
   * @param low the smallest value, not in deviations but as it is
   * @param high the largest value, above {@code low}
   */
  public static Initializer truncatedNormal(
      double mean, double standardDeviation, double low, double high) {
    requireNormal("truncatedNormal", mean, standardDeviation);
    requireInterval("truncatedNormal", low, high);
    return new TruncatedNormal(mean, standardDeviation, low, high);
  }

  /** As {@link #orthogonal(double)}, with a gain of 1. */
  public static Initializer orthogonal() {
    return orthogonal(1);
  }

  /**
   * A random orthogonal matrix, each equally likely (Saxe, McClelland and Ganguli, 2014): a weight
   * [out, in, …] is taken as a matrix [out, in·…], whose rows are orthonormal, or its columns where
   * it has more rows than columns, then multiplied by the gain. Takes time by out·in·… · min(out,
   * in·…) on the host.
   *
   * @param gain finite; √2 suits ReLU
   */
  public static Initializer orthogonal(double gain) {
    if (!Double.isFinite(gain)) {
      throw new IllegalArgumentException("orthogonal: the gain must be finite, not " + gain);
    }
    return new Orthogonal(gain);
  }

  /** Uniform in ±√(6 / (fan-in + fan-out)) (Glorot and Bengio, 2010); for tanh and sigmoid. */
  public static Initializer glorotUniform() {
    return uniformScaled(shape -> Math.sqrt(6.0 / (fanIn(shape) + fanOut(shape))));
  }

  /** Normal with variance 2 / (fan-in + fan-out) (Glorot and Bengio, 2010). */
  public static Initializer glorotNormal() {
    return normalScaled(shape -> Math.sqrt(2.0 / (fanIn(shape) + fanOut(shape))));
  }

  /** Uniform in ±√(6 / fan-in) (He and others, 2015); for ReLU. */
  public static Initializer heUniform() {
    return uniformScaled(shape -> Math.sqrt(6.0 / fanIn(shape)));
  }

  /** Normal with variance 2 / fan-in (He and others, 2015); for ReLU. */
  public static Initializer heNormal() {
    return normalScaled(shape -> Math.sqrt(2.0 / fanIn(shape)));
  }

  /** Uniform in ±√(3 / fan-in) (LeCun and others, 1998). */
  public static Initializer leCunUniform() {
    return uniformScaled(shape -> Math.sqrt(3.0 / fanIn(shape)));
  }

  /** Normal with variance 1 / fan-in (LeCun and others, 1998). */
  public static Initializer leCunNormal() {
    return normalScaled(shape -> Math.sqrt(1.0 / fanIn(shape)));
  }

  private static void requireInterval(String name, double low, double high) {
    if (!(low < high && Double.isFinite(high - low))) {
      throw new IllegalArgumentException(
          name + ": needs finite bounds, the lower one first, not " + low + " and " + high);
    }
  }

  private static void requireNormal(String name, double mean, double deviation) {
    if (!Double.isFinite(mean) || !(deviation >= 0 && deviation < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name
              + ": needs a finite mean and a finite deviation of at least 0, not "
              + mean
              + " and "
              + deviation);
    }
  }

  private static Initializer uniformScaled(ToDoubleFunction<Shape> bound) {
    return (values, offset, shape, generator) -> {
      double limit = bound.applyAsDouble(shape);
      uniform(-limit, limit).fill(values, offset, shape, generator);
    };
  }

  private static Initializer normalScaled(ToDoubleFunction<Shape> deviation) {
    return (values, offset, shape, generator) ->
        normal(deviation.applyAsDouble(shape)).fill(values, offset, shape, generator);
  }

  private static double fanIn(Shape shape) {
    return shape.rank() < 2 ? shape.length() : shape.length(1, shape.rank());
  }

  private static double fanOut(Shape shape) {
    return shape.rank() < 2 ? shape.length() : (double) shape.length() / shape.size(1);
  }
}
