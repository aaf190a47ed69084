package org.oncilla.nn;

import java.util.List;
import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Modules one after the other. An activation after a {@link Linear} or {@link Conv2d} is folded
 * into that layer's kernel, and results that no gradient needs are freed as soon as the next layer
 * has read them.
 */
public final class Sequential extends Module {
  private final List<Module> modules;

  /** A chain of modules. */
  public Sequential(Module... modules) {
    this(List.of(modules));
  }

  /** A chain of modules. */
  public Sequential(List<Module> modules) {
    if (modules.isEmpty()) {
      throw new IllegalArgumentException("Sequential: needs at least one module");
    }
    this.modules = List.copyOf(modules);
  }

  @Override
  public List<Module> children() {
    return modules;
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    Shape shape = input;
    for (int i = 0; i < modules.size(); i++) {
      shape = context.child(Integer.toString(i), modules.get(i), shape);
    }
    return shape;
  }

  @Override
  public Tensor forward(Tensor input) {
    Tensor current = input;
    for (int i = 0; i < modules.size(); i++) {
      Module module = modules.get(i);
      Tensor next;
      try {
        if (foldsNext(i)) {
          next = ((FusedLayer) module).forward(current, ((Activation) modules.get(++i)).op());
        } else {
          next = module.forward(current);
        }
      } catch (LayerException inner) {
        throw inner;
      } catch (IllegalArgumentException mismatch) {
        throw new LayerException(Integer.toString(i), module.type(), current.shape(), mismatch);
      }
      if (current != input && current != next) {
        current.close();
      }
      current = next;
    }
    return current;
  }

  private boolean foldsNext(int index) {
    return modules.get(index) instanceof FusedLayer
        && index + 1 < modules.size()
        && modules.get(index + 1) instanceof Activation activation
        && activation.op().isFusable();
  }

  @Override
  public ModuleConfig config() {
    return new ModuleConfig(type(), Map.of(), modules.stream().map(Module::config).toList());
  }
}
