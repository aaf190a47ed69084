package org.oncilla.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Modules one after the other. An activation after a {@link Linear} or a convolution is folded into
 * that layer's kernel, and results that no gradient needs are freed as soon as the next layer has
 * read them.
 */
public final class Sequential extends Composite {
  /** A chain of modules. */
  public Sequential(Module... modules) {
    this(Arrays.asList(modules));
  }

  /** A chain of modules. */
  public Sequential(List<Module> modules) {
    super(flow(parts("Sequential", modules)));
  }

  private static Dataflow flow(List<Module> modules) {
    if (modules.isEmpty()) {
      throw new IllegalArgumentException("Sequential: needs at least one module");
    }
    List<Dataflow.Step> steps = new ArrayList<>();
    for (int i = 0; i < modules.size(); i++) {
      steps.add(Dataflow.Step.of(Integer.toString(i), modules.get(i), i));
    }
    return new Dataflow(steps, steps.size());
  }

  static Sequential create(ModuleConfig config) {
    return new Sequential(children(config));
  }
}
