package org.oncilla.nn;

import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** A named weight of a model: a slice of the model's {@link ParameterArena}. */
public final class Parameter {
  private final String name;
  private final Shape shape;
  private final Initializer initializer;
  private Tensor value;

  Parameter(String name, Shape shape, Initializer initializer) {
    this.name = name;
    this.shape = shape;
    this.initializer = initializer;
  }

  /** The path of modules and the weight's own name, such as {@code 0.weight}. */
  public String name() {
    return name;
  }

  /** The sizes. */
  public Shape shape() {
    return shape;
  }

  /**
   * The weights.
   *
   * @throws IllegalStateException before {@link Module#initialize}
   */
  public Tensor value() {
    if (value == null) {
      throw new IllegalStateException(
          "parameter "
              + name
              + " has no value yet; call initialize(backend, inputShape, seed) on"
              + " the outermost module");
    }
    return value;
  }

  /** The gradient that backward adds to. */
  public Tensor gradient() {
    return value().gradient();
  }

  Initializer initializer() {
    return initializer;
  }

  void bind(Tensor slice) {
    value = slice;
  }
}
