package org.oncilla.nn;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.oncilla.backend.Backend;
import org.oncilla.tensor.Shape;

/**
 * Takes the declarations of a model's modules while it is sized for its input: parameters and
 * buffers by their path, and a line of the summary for each layer.
 */
public final class BuildContext {
  private final long seed;
  private final List<Parameter> parameters = new ArrayList<>();
  private final List<Buffer> buffers = new ArrayList<>();
  private final List<Summary.Layer> layers = new ArrayList<>();
  private final RandomStreams streams;
  private final Map<Module, String> built = new IdentityHashMap<>();
  private final List<Sized> sizes = new ArrayList<>();
  private final List<NamedModule> modules = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private List<Module> within = new ArrayList<>();
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
   * @throws IllegalArgumentException if the name is taken in this module, empty, or has a dot
   */
  public Parameter parameter(String name, Shape shape, Initializer initializer) {
    Parameter parameter = new Parameter(named(name), shape, initializer);
    parameters.add(parameter);
    return parameter;
  }

  /**
   * Declares state of the module that is being built which is no parameter: it is saved with the
   * weights, but no optimizer changes it.
   *
   * @param name its own name, such as {@code running_mean}
   * @param shape its sizes
   * @param initializer gives its first values
   * @throws IllegalArgumentException if the name is taken in this module, empty, or has a dot
   */
  public Buffer buffer(String name, Shape shape, Initializer initializer) {
    Buffer buffer = new Buffer(named(name), shape, initializer);
    buffers.add(buffer);
    return buffer;
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
   * @throws IllegalArgumentException if the input does not fit, naming the layer's path and type;
   *     or if the child is another model's, or builds other modules than those it lists as children
   */
  public Shape child(String name, Module child, Shape input) {
    if (child == null) {
      throw new IllegalArgumentException(
          "context.child: the module \"" + join(path, name) + "\" is null");
    }
    String outer = path;
    List<Module> siblings = within;
    int parametersBefore = countParameters();
    int buffersBefore = countBuffers();
    path = join(outer, name);
    within = new ArrayList<>();
    try {
      requireNew(child);
      Shape output = child.build(this, input);
      requireListed(child);
      modules.add(new NamedModule(path, child));
      sizes.add(new Sized(child, input, output));
      if (child.children().isEmpty()) {
        layers.add(
            new Summary.Layer(
                path,
                child.type(),
                output,
                countParameters() - parametersBefore,
                countBuffers() - buffersBefore));
      }
      return output;
    } catch (LayerException inner) {
      throw inner;
    } catch (IllegalArgumentException mismatch) {
      throw new LayerException(path, child.type(), input, mismatch);
    } finally {
      path = outer;
      within = siblings;
      within.add(child);
    }
  }

  /** Notes a result that the module being built joins from several others; it has no weights. */
  Shape join(String name, String type, Shape output) {
    layers.add(new Summary.Layer(join(path, name), type, output, 0, 0));
    return output;
  }

  private void requireNew(Module child) {
    child.requireFree();
    String before = built.putIfAbsent(child, path);
    if (before != null) {
      throw new IllegalArgumentException(
          "the same "
              + child.type()
              + " object stands in two places of the model, "
              + before
              + " and "
              + path
              + "; a module has one place, by which its weights, outputs and mode are known, so make"
              + " an object for each place, also of layers without weights");
    }
  }

  /** What is not listed would not hear of {@link Module#eval}, what is not built has no weights. */
  private void requireListed(Module parent) {
    for (Module child : within) {
      if (parent.children().stream().noneMatch(listed -> listed == child)) {
        throw new IllegalArgumentException(
            "it builds a "
                + child.type()
                + " that it does not list as a child; let children() return every module within it,"
                + " so that train() and eval() reach them");
      }
    }
    for (Module listed : parent.children()) {
      if (within.stream().noneMatch(child -> child == listed)) {
        throw new IllegalArgumentException(
            "it lists a "
                + listed.type()
                + " as a child that it does not build; call context.child(name, child, shape) for"
                + " it in build, which sizes it and gives its output's shape");
      }
    }
  }

  /** The path of a parameter or buffer, by which it is saved. */
  private String named(String name) {
    String full = join(path, name);
    if (name.isEmpty() || name.contains(".") || !names.add(full)) {
      throw new IllegalArgumentException(
          "a parameter or buffer cannot be named \""
              + name
              + "\"; names are not empty, hold no dot, which parts the modules of a path, and stand"
              + " once in a module");
    }
    return full;
  }

  Summary summary() {
    return new Summary(List.copyOf(layers));
  }

  Result finish(Backend backend, Shape input, Shape output) {
    ParameterArena arena = new ParameterArena(backend, parameters, seed);
    try {
      for (int i = 0; i < buffers.size(); i++) {
        buffers.get(i).allocate(backend, seed, i);
      }
    } catch (RuntimeException | Error failure) {
      buffers.forEach(Buffer::close);
      arena.close();
      throw failure;
    }
    return new Result(
        arena,
        List.copyOf(buffers),
        streams,
        summary(),
        List.copyOf(modules),
        sizes,
        input,
        output);
  }

  private int countParameters() {
    return parameters.stream().mapToInt(p -> p.shape().length()).reduce(0, Math::addExact);
  }

  private int countBuffers() {
    return buffers.stream().mapToInt(b -> b.shape().length()).reduce(0, Math::addExact);
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : name.isEmpty() ? path : path + "." + name;
  }

  /** The shapes of one sample of a module's input and output. */
  record Sized(Module module, Shape input, Shape output) {}

  /** What a model is made of once it is sized. */
  record Result(
      ParameterArena arena,
      List<Buffer> buffers,
      RandomStreams streams,
      Summary summary,
      List<NamedModule> modules,
      List<Sized> sizes,
      Shape input,
      Shape output) {}
}
