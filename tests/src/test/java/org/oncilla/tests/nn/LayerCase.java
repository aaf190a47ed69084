package org.oncilla.tests.nn;

import java.util.function.Supplier;
import org.oncilla.backend.Backend;
import org.oncilla.nn.Module;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.tensor.Draw;
import org.oncilla.tests.tensor.HostTensor;

/**
 * A layer with an input to try it on.
 *
 * @param name what it is, for messages
 * @param layer makes it
 * @param input a batch; whole numbers where {@code indices}
 * @param indices whether the layer takes integer indices, which have no gradient
 * @param training whether the layer is tried in training mode
 */
record LayerCase(
    String name, Supplier<Module> layer, HostTensor input, boolean indices, boolean training) {
  static final long SEED = 11;

  /** A layer in training mode on a batch of values of both signs. */
  static LayerCase of(String name, Supplier<Module> layer, int... batch) {
    HostTensor input = new Draw(name.hashCode()).values(batch);
    return new LayerCase(name, layer, input, false, true);
  }

  /** A layer in training mode on a batch of indices below a bound. */
  static LayerCase ofIndices(String name, Supplier<Module> layer, int bound, int... batch) {
    int[] drawn = new Draw(name.hashCode()).indices(Shape.of(batch).length(), bound);
    double[] values = java.util.Arrays.stream(drawn).asDoubleStream().toArray();
    return new LayerCase(name, layer, new HostTensor(batch, values), true, true);
  }

  /** The same in evaluation mode. */
  LayerCase evaluated() {
    return new LayerCase(name + ", evaluated", layer, input, indices, false);
  }

  /** Shape of one sample. */
  Shape sample() {
    return Shape.of(input.sizes()).without(0);
  }

  /**
   * The layer with weights that are drawn anew, so that no bias is zero and no gain one, and the
   * same on every backend.
   */
  Module on(Backend backend) {
    Module model = layer.get().initialize(backend, sample(), SEED);
    Tensor weights = model.parameters().values();
    HostTensor drawn = new Draw(5).values(weights.shape().length());
    weights.copyFrom(drawn.map(value -> (float) (0.6 * value)).values());
    if (training) {
      model.train();
    } else {
      model.eval();
    }
    return model;
  }

  Tensor inputOn(Backend backend) {
    return inputOn(backend, input);
  }

  Tensor inputOn(Backend backend, HostTensor values) {
    Shape shape = Shape.of(values.sizes());
    if (!indices) {
      return Tensor.of(backend, values.values(), shape);
    }
    int[] whole = java.util.Arrays.stream(values.values()).mapToInt(v -> (int) v).toArray();
    return Tensor.ofInts(backend, whole, shape);
  }

  @Override
  public String toString() {
    return name;
  }
}
