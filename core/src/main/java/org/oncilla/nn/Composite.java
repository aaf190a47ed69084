package org.oncilla.nn;

import java.util.List;
import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** What the modules that hold others share: they are a wiring, and run it. */
abstract class Composite extends Module {
  private final Dataflow flow;

  Composite(Dataflow flow) {
    this.flow = flow;
  }

  @Override
  public final List<Module> children() {
    return flow.modules();
  }

  @Override
  public final Module lastModule() {
    Module last = flow.outputModule();
    return last == null ? this : last.lastModule();
  }

  @Override
  final List<String> childNames() {
    return flow.moduleNames();
  }

  @Override
  protected final Shape build(BuildContext context, Shape input) {
    return flow.build(context, input);
  }

  @Override
  public final Tensor forward(Tensor input) {
    requireSized();
    requireRank(input.shape());
    try {
      return flow.forward(input);
    } catch (LayerException mismatch) {
      throw isModelForOthersThan(input.shape())
          ? mismatch.inModelFor(inputShape(), input.shape())
          : mismatch;
    }
  }

  @Override
  public ModuleConfig config() {
    return new ModuleConfig(type(), Map.of(), children().stream().map(Module::config).toList());
  }

  /**
   * Modules that are given as a container's parts.
   *
   * @throws IllegalArgumentException if one is null
   */
  static List<Module> parts(String container, List<Module> modules) {
    for (int i = 0; i < modules.size(); i++) {
      if (modules.get(i) == null) {
        throw new IllegalArgumentException(
            container + ": module " + i + " of " + modules.size() + " is null");
      }
    }
    return List.copyOf(modules);
  }

  static List<Module> children(ModuleConfig config) {
    return config.children().stream().map(Modules::create).toList();
  }
}
