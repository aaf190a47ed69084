package org.oncilla.train;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.oncilla.backend.Backend;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.Span;
import org.oncilla.nn.ForwardHook;
import org.oncilla.nn.Module;
import org.oncilla.nn.NamedModule;
import org.oncilla.nn.Parameter;
import org.oncilla.nn.ParameterArena;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Gathers the {@link LayerStatistics} of a model over many steps, on the device: nothing waits
 * until they are read. {@link Trainer.Builder#watchLayers} does it for a training; in a loop of
 * one's own:
 *
 * <pre>{@code
 * try (ForwardHook hook = monitor.watchOutputs()) {
 *   output = model.forward(inputs);
 * }
 * loss.forward(output, targets).backward();
 * monitor.addGradients();
 * optimizer.step();
 * }</pre>
 *
 * <p>Squares are summed in the precision of the backend: in single precision a layer whose
 * gradients are below about 10⁻¹⁹ in size counts as 0.
 */
public final class LayerMonitor implements AutoCloseable {
  private final Module model;
  private final Backend backend;
  private final List<Slot> slots = new ArrayList<>();
  private final Map<Module, Slot> byModule = new IdentityHashMap<>();

  /** For each slot in turn: Σ of gradient norms, Σw², and Σ of the outputs' squares. */
  private final Tensor sums;

  /** For each slot the square of the norm of one step's gradient. */
  private final Tensor squaredNorms;

  private int steps;

  /** A module's place in the sums. */
  private static final class Slot {
    private final NamedModule named;
    private final int index;
    private final List<Run> runs = new ArrayList<>();
    private long samples;

    Slot(NamedModule named, int index) {
      this.named = named;
      this.index = index;
    }
  }

  /** Neighbouring elements of the arena. */
  private record Run(int from, int length) {}

  /**
   * A monitor that has gathered nothing.
   *
   * @param model initialized
   */
  public LayerMonitor(Module model) {
    this.model = model;
    ParameterArena arena = model.parameters();
    this.backend = arena.values().backend();
    for (NamedModule named : model.namedModules()) {
      Slot slot = new Slot(named, slots.size());
      slots.add(slot);
      byModule.put(named.module(), slot);
    }
    int offset = 0;
    for (Parameter parameter : arena.list()) {
      int length = parameter.shape().length();
      addRun(slotOf(parameter).runs, new Run(offset, length));
      offset += length;
    }
    this.sums = Scope.escape(Tensor.zeros(backend, Shape.of(3 * slots.size()), "layer sums"));
    try {
      this.squaredNorms =
          Scope.escape(Tensor.zeros(backend, Shape.of(slots.size()), "squared norms of layers"));
    } catch (RuntimeException | Error failure) {
      sums.close();
      throw failure;
    }
  }

  private Slot slotOf(Parameter parameter) {
    String path = parameter.name().substring(0, Math.max(0, parameter.name().lastIndexOf('.')));
    return slots.stream()
        .filter(slot -> slot.named.path().equals(path))
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("no layer has the parameter " + parameter.name()));
  }

  /** A layer's weights are neighbours as a rule, and then one run. */
  private static void addRun(List<Run> runs, Run next) {
    Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
    if (last != null && last.from() + last.length() == next.from()) {
      runs.set(runs.size() - 1, new Run(last.from(), last.length() + next.length()));
    } else {
      runs.add(next);
    }
  }

  /** Forgets everything gathered. */
  public void reset() {
    backend.elementwise().fill(sums.span(), 0);
    steps = 0;
    slots.forEach(slot -> slot.samples = 0);
  }

  /**
   * Takes in what this thread computes with the model until the result is closed; the output of the
   * outermost module by {@link ForwardHook#report} or {@link #addOutput}.
   */
  public ForwardHook watchOutputs() {
    return ForwardHook.open(this::addOutput);
  }

  /**
   * Takes in an output of a module.
   *
   * @param module of the model; others are passed over
   * @param output the batch axis first
   */
  public void addOutput(Module module, Tensor output) {
    Slot slot = byModule.get(module);
    if (slot == null || output.type() != backend.floatType()) {
      return;
    }
    int samples = output.shape().size(0);
    slot.samples += samples;
    double perSample = (double) samples / output.shape().length();
    try (NoGrad off = NoGrad.open();
        Tensor squares = output.square()) {
      add(squares.span(), perSample, sums.span().slice(2 * slots.size() + slot.index, 1), true);
    }
  }

  /** Takes in the gradients of a step, as they are. */
  public void addGradients() {
    squaredNorms(model.parameters().gradients(), squaredNorms.span());
    try (NoGrad off = NoGrad.open();
        Tensor norms = squaredNorms.sqrt()) {
      backend.elementwise().affine(norms.span(), 1, 0, sums.span().slice(0, slots.size()), true);
    }
    steps++;
  }

  /** out[slot] = Σ x² of the slot's part of an arena. */
  private void squaredNorms(Tensor arena, Span out) {
    try (NoGrad off = NoGrad.open();
        Tensor squares = arena.square()) {
      for (Slot slot : slots) {
        boolean accumulate = false;
        for (Run run : slot.runs) {
          add(
              squares.span().slice(run.from(), run.length()),
              1,
              out.slice(slot.index, 1),
              accumulate);
          accumulate = true;
        }
      }
    }
  }

  private void add(Span x, double scale, Span out, boolean accumulate) {
    ReduceShape all = new ReduceShape(1, x.length(), 1);
    backend.reduction().reduce(ReduceOp.SUM, all, x, scale, out, accumulate);
  }

  /**
   * The statistics of every layer that has weights or whose output was seen, in the order of
   * computation; waits for the device, once.
   */
  public List<LayerStatistics> read() {
    int count = slots.size();
    squaredNorms(model.parameters().values(), sums.span().slice(count, count));
    double[] values = sums.toDoubleArray();
    List<LayerStatistics> layers = new ArrayList<>();
    for (Slot slot : slots) {
      if (!slot.runs.isEmpty() || slot.samples > 0) {
        layers.add(statistics(slot, values));
      }
    }
    return layers;
  }

  private LayerStatistics statistics(Slot slot, double[] values) {
    boolean hasWeights = !slot.runs.isEmpty();
    int count = slots.size();
    double gradient = values[slot.index] / steps;
    double weights = Math.sqrt(values[count + slot.index]);
    return new LayerStatistics(
        slot.named.path(),
        slot.named.type(),
        hasWeights ? gradient : Double.NaN,
        hasWeights ? weights : Double.NaN,
        Math.sqrt(values[2 * count + slot.index] / slot.samples));
  }

  @Override
  public void close() {
    sums.close();
    squaredNorms.close();
  }
}
