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
  protected final Shape build(BuildContext context, Shape input) {
    return flow.build(context, input);
  }

  @Override
  public final Tensor forward(Tensor input) {
    return flow.forward(input);
  }

  @Override
  public ModuleConfig config() {
    return new ModuleConfig(type(), Map.of(), children().stream().map(Module::config).toList());
  }

  static List<Module> children(ModuleConfig config) {
    return config.children().stream().map(Modules::create).toList();
  }
}
