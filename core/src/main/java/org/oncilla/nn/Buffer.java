package org.oncilla.nn;

import org.oncilla.backend.Backend;
import org.oncilla.random.Generator;
import org.oncilla.random.Streams;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Named state of a module that is no parameter: no gradient flows to it and no optimizer changes
 * it, but it is saved and restored with the weights. The running statistics of batch normalization
 * are such.
 *
 * <p>Each buffer has memory of its own: what backward saved of one stays valid while a kernel
 * overwrites another.
 */
public final class Buffer {
  private final String name;
  private final Shape shape;
  private final Initializer initializer;
  private Tensor value;

  Buffer(String name, Shape shape, Initializer initializer) {
    this.name = name;
    this.shape = shape;
    this.initializer = initializer;
  }

  /** The path of modules and the buffer's own name, such as {@code 1.running_mean}. */
  public String name() {
    return name;
  }

  /** The sizes. */
  public Shape shape() {
    return shape;
  }

  /**
   * The values on the device.
   *
   * @throws IllegalStateException before {@link Module#initialize}
   */
  public Tensor value() {
    if (value == null) {
      throw new IllegalStateException(
          "buffer "
              + name
              + " has no value yet; call initialize(backend, inputShape, seed) on the outermost"
              + " module");
    }
    return value;
  }

  boolean hasValue() {
    return value != null;
  }

  /** Puts the first values on a device; {@code index} counts the buffers of a model. */
  void allocate(Backend backend, long seed, int index) {
    float[] initial = new float[shape.length()];
    initializer.fill(initial, 0, shape, new Generator(seed, Streams.BUFFERS + index));
    Tensor made = Scope.escape(Tensor.empty(backend, shape, "buffer " + name));
    try {
      made.copyFrom(initial);
    } catch (RuntimeException | Error failure) {
      made.close();
      throw failure;
    }
    value = made;
  }

  void close() {
    if (value != null) {
      value.close();
      value = null;
    }
  }
}
