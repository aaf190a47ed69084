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

  /** Uniform in [low, high). */
  public static Initializer uniform(double low, double high) {
    return (values, offset, shape, generator) -> {
      for (int i = 0; i < shape.length(); i++) {
        values[offset + i] = (float) (low + (high - low) * generator.nextDouble());
      }
    };
  }

  /** Normal with mean 0. */
  public static Initializer normal(double standardDeviation) {
    return (values, offset, shape, generator) -> {
      for (int i = 0; i < shape.length(); i++) {
        values[offset + i] = (float) (standardDeviation * generator.nextGaussian());
      }
    };
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
