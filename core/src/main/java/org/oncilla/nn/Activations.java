package org.oncilla.nn;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Tensor;

/** What each layer of a model computes for an input: its feature maps. */
public final class Activations {
  private Activations() {}

  /**
   * Computes a model in evaluation mode, without recording gradients, and keeps the output of every
   * layer; each module's mode is the same afterwards.
   *
   * @param model initialized
   * @param input the batch axis first
   * @return each layer's output by its path, in the order of computation; which layers report, and
   *     what of folded activations, see {@link ForwardHook}; the outermost module's path is empty.
   *     The tensors belong to the innermost open {@link Scope}, or are their caller's to close
   * @throws IllegalArgumentException if the input does not fit, naming the layer and shapes
   */
  public static Map<String, Tensor> of(Module model, Tensor input) {
    Map<Module, String> paths = paths(model);
    // Out of all scopes, for a layer may open one of its own.
    Map<String, Tensor> held = new LinkedHashMap<>();
    try (EvaluationMode evaluation = EvaluationMode.open(model);
        NoGrad off = NoGrad.open()) {
      try (Scope scope = Scope.open();
          ForwardHook hook =
              ForwardHook.open(
                  (layer, output) ->
                      held.put(pathOf(paths, layer), Scope.escape(output.detach())))) {
        ForwardHook.report(model, input, model.forward(input));
      }
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      held.forEach((path, output) -> outputs.put(path, output.detach()));
      return outputs;
    } finally {
      held.values().forEach(Tensor::close);
    }
  }

  private static Map<Module, String> paths(Module model) {
    Map<Module, String> paths = new IdentityHashMap<>();
    model.namedModules().forEach(named -> paths.put(named.module(), named.path()));
    return Collections.unmodifiableMap(paths);
  }

  private static String pathOf(Map<Module, String> paths, Module layer) {
    String path = paths.get(layer);
    if (path == null) {
      throw new IllegalStateException(
          "Activations: the model computes a "
              + layer.type()
              + " that is no part of it; build it by context.child in the build of its container");
    }
    return path;
  }
}
