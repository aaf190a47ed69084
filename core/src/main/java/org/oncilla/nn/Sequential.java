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
    int index = 0;
    while (index < modules.size()) {
      boolean folds = foldsNext(index);
      Tensor next;
      try {
        next = apply(index, folds, current);
      } catch (RuntimeException | Error failure) {
        closeUnless(current, input);
        throw failure;
      }
      if (next != current) {
        closeUnless(current, input);
      }
      current = next;
      index += folds ? 2 : 1;
    }
    return current;
  }

  private Tensor apply(int index, boolean folds, Tensor x) {
    Module module = modules.get(index);
    try {
      if (folds) {
        Activation activation = (Activation) modules.get(index + 1);
        Tensor output = ((FusedLayer) module).forward(x, activation.op());
        return ForwardHook.report(activation, x, output);
      }
      return ForwardHook.report(module, x, module.forward(x));
    } catch (LayerException inner) {
      throw inner.within(Integer.toString(index));
    } catch (IllegalArgumentException mismatch) {
      throw new LayerException(Integer.toString(index), module.type(), x.shape(), mismatch);
    }
  }

  /** The input is the caller's; what was made between layers is not needed any more. */
  private static void closeUnless(Tensor tensor, Tensor input) {
    if (tensor != input) {
      tensor.close();
    }
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

  static Sequential create(ModuleConfig config) {
    return new Sequential(config.children().stream().map(Modules::create).toList());
  }
}
