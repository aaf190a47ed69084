package org.oncilla.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.oncilla.backend.Backend;
import org.oncilla.tensor.Shape;

/**
 * Takes the declarations of a model's modules while it is sized for its input: parameters by their
 * path, and a line of the summary for each layer.
 */
public final class BuildContext {
  private final long seed;
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Summary.Layer> layers = new ArrayList<>();
  private final RandomStreams streams;
  private final Set<Module> built = Collections.newSetFromMap(new IdentityHashMap<>());
  private String path = "";

  BuildContext(long seed) {
    this.seed = seed;
    this.streams = new RandomStreams(seed);
  }

  /**
   * Declares a weight of the module that is being built.
   *
   * @param name its own name, such as {@code weight}
   * @param shape its sizes
   * @param initializer draws its first values
   */
  public Parameter parameter(String name, Shape shape, Initializer initializer) {
    Parameter parameter = new Parameter(join(path, name), shape, initializer);
    parameters.add(parameter);
    return parameter;
  }

  /** The random numbers of this model, for layers such as dropout to keep. */
  public RandomStreams streams() {
    return streams;
  }

  /**
   * Builds a module within the one that is being built.
   *
   * @param name its name within the other, such as {@code 0}
   * @param child the module
   * @param input shape of one sample of its input
   * @return shape of one sample of its output
   * @throws IllegalArgumentException if the input does not fit, naming the layer's path and type
   */
  public Shape child(String name, Module child, Shape input) {
    String outer = path;
    int before = countParameters();
    path = join(outer, name);
    try {
      requireNew(child);
      Shape output = child.build(this, input);
      if (child.children().isEmpty()) {
        layers.add(new Summary.Layer(path, child.type(), output, countParameters() - before));
      }
      return output;
    } catch (LayerException inner) {
      throw inner;
    } catch (IllegalArgumentException mismatch) {
      throw new LayerException(path, child.type(), input, mismatch);
    } finally {
      path = outer;
    }
  }

  private void requireNew(Module child) {
    if (!built.add(child)) {
      throw new IllegalArgumentException(
          "the same "
              + child.type()
              + " object stands in two places of the model; weights are not"
              + " shared that way, so make an object for each place");
    }
  }

  Summary summary() {
    return new Summary(List.copyOf(layers));
  }

  Result finish(Backend backend, Shape input, Shape output) {
    return new Result(
        new ParameterArena(backend, parameters, seed), streams, summary(), input, output);
  }

  private int countParameters() {
    return parameters.stream().mapToInt(p -> p.shape().length()).reduce(0, Math::addExact);
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : name.isEmpty() ? path : path + "." + name;
  }

  /** What a model is made of once it is sized. */
  record Result(
      ParameterArena arena, RandomStreams streams, Summary summary, Shape input, Shape output) {}
}
