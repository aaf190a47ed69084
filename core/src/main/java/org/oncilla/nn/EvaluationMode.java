package org.oncilla.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * Evaluation behaviour of a model until it is closed, which gives each of its modules the behaviour
 * back that it had before, also where they differ:
 *
 * <pre>{@code
 * try (EvaluationMode evaluation = EvaluationMode.open(model)) {
 *   model.forward(images);
 * }
 * }</pre>
 */
public final class EvaluationMode implements AutoCloseable {
  private final List<Module> training = new ArrayList<>();

  private EvaluationMode(Module model) {
    collect(model);
    model.eval();
  }

  /** Switches a module and those within it to evaluation behaviour, as {@link Module#eval}. */
  public static EvaluationMode open(Module model) {
    return new EvaluationMode(model);
  }

  private void collect(Module module) {
    if (module.isTraining()) {
      training.add(module);
    }
    module.children().forEach(this::collect);
  }

  @Override
  public void close() {
    training.forEach(Module::trainAlone);
    training.clear();
  }
}
