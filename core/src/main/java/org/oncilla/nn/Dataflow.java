package org.oncilla.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Layers that read one another's results, in the order of computation: what every module that holds
 * others runs. Value 0 is the input, value i + 1 the result of step i.
 *
 * <p>A value is freed as soon as its last reader is done, or when a step fails; the input is the
 * caller's. An activation that alone reads a {@link FusedLayer} is folded into that layer's kernel.
 */
final class Dataflow {
  /** The number of the value that is passed in. */
  static final int INPUT = 0;

  private final List<Step> steps;
  private final int output;
  private final int[] lastReaders;
  private final boolean[] folded;

  /**
   * One computation.
   *
   * @param name within the module that holds it, a part of the paths of parameters
   * @param module what computes it; null for a join
   * @param join what computes it; null for a module
   * @param sources numbers of the values it reads, each of an earlier step
   */
  record Step(String name, Module module, Join join, int... sources) {
    static Step of(String name, Module module, int source) {
      return new Step(name, module, null, source);
    }

    static Step of(String name, Join join, int... sources) {
      return new Step(name, null, join, sources);
    }

    private String type() {
      return module == null ? join.type() : module.type();
    }
  }

  /**
   * Steps in the order of computation.
   *
   * @param output number of the value that comes out; every other one has a reader
   */
  Dataflow(List<Step> steps, int output) {
    this.steps = List.copyOf(steps);
    this.output = output;
    int[] readers = new int[steps.size() + 1];
    this.lastReaders = new int[readers.length];
    for (int i = 0; i < steps.size(); i++) {
      for (int source : steps.get(i).sources()) {
        readers[source]++;
        lastReaders[source] = i;
      }
    }
    readers[output]++;
    lastReaders[output] = steps.size();
    this.folded = new boolean[steps.size()];
    for (int i = 0; i < steps.size(); i++) {
      folded[i] = folds(i, readers);
    }
  }

  private boolean folds(int index, int[] readers) {
    int source = steps.get(index).sources()[0];
    return steps.get(index).module() instanceof Activation activation
        && activation.op().isFusable()
        && source != INPUT
        && readers[source] == 1
        && steps.get(source - 1).module() instanceof FusedLayer;
  }

  /** The modules, in the order of computation. */
  List<Module> modules() {
    return steps.stream().map(Step::module).filter(Objects::nonNull).toList();
  }

  /** The module that computes what comes out; null for a join. */
  Module outputModule() {
    return steps.get(output - 1).module();
  }

  /** Their names, in the same order. */
  List<String> moduleNames() {
    return steps.stream().filter(step -> step.module() != null).map(Step::name).toList();
  }

  /** Builds the modules and infers the shape of one sample of the output. */
  Shape build(BuildContext context, Shape input) {
    Shape[] shapes = new Shape[steps.size() + 1];
    shapes[INPUT] = input;
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      shapes[i + 1] =
          step.module() == null
              ? context.join(step.name(), step.join().type(), joined(step, shapes))
              : context.child(step.name(), step.module(), shapes[step.sources()[0]]);
    }
    return shapes[output];
  }

  private Shape joined(Step step, Shape[] shapes) {
    List<String> names =
        Arrays.stream(step.sources())
            .mapToObj(source -> source == INPUT ? "the input" : steps.get(source - 1).name())
            .toList();
    List<Shape> samples = Arrays.stream(step.sources()).mapToObj(i -> shapes[i]).toList();
    return step.join().shape(names, samples);
  }

  /** Computes the output of a batch. */
  Tensor forward(Tensor input) {
    Tensor[] values = new Tensor[steps.size() + 1];
    values[INPUT] = input;
    try {
      for (int i = 0; i < steps.size(); i++) {
        values[i + 1] = compute(i, values);
        freeWhatWasReadLast(i, values, input);
      }
      return values[output];
    } catch (RuntimeException | Error failure) {
      for (Tensor value : values) {
        if (value != null && value != input) {
          value.close();
        }
      }
      throw failure;
    }
  }

  private Tensor compute(int index, Tensor[] values) {
    Step step = steps.get(index);
    Tensor x = values[step.sources()[0]];
    if (folded[index]) {
      return x;
    }
    try {
      if (step.join() != null) {
        return step.join()
            .forward(Arrays.stream(step.sources()).mapToObj(i -> values[i]).toArray(Tensor[]::new));
      }
      Activation next = foldedInto(index);
      if (next != null) {
        Tensor y = ((FusedLayer) step.module()).forward(x, next.op());
        return ForwardHook.report(next, x, y);
      }
      return ForwardHook.report(step.module(), x, declared(step.module(), x));
    } catch (LayerException inner) {
      throw inner.within(step.name());
    } catch (IllegalArgumentException mismatch) {
      throw new LayerException(step.name(), step.type(), x.shape(), mismatch);
    }
  }

  /** A module's output, held to what its build declared, so that no later layer is blamed. */
  private static Tensor declared(Module module, Tensor x) {
    Tensor y = module.forward(x);
    try {
      module.requireDeclared(x.shape(), y.shape());
      return y;
    } catch (IllegalArgumentException mismatch) {
      if (y != x) {
        y.close();
      }
      throw mismatch;
    }
  }

  /** The activation that a step applies to its result; null for none. */
  private Activation foldedInto(int index) {
    int reader = lastReaders[index + 1];
    return reader < folded.length && folded[reader]
        ? (Activation) steps.get(reader).module()
        : null;
  }

  /** Several values may be one tensor, where a module returned its input; the last one frees it. */
  private void freeWhatWasReadLast(int reader, Tensor[] values, Tensor input) {
    for (int source : steps.get(reader).sources()) {
      Tensor value = values[source];
      if (lastReaders[source] == reader && value != null) {
        values[source] = null;
        if (value != input && Arrays.stream(values).noneMatch(other -> other == value)) {
          value.close();
        }
      }
    }
  }
}
