package org.oncilla.optim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oncilla.backend.UpdateKernels;
import org.oncilla.nn.ParameterArena;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Tensor;

/**
 * Changes the weights of a model by their gradients, all of them in one kernel. It belongs to one
 * model from {@link #attach} to {@link #close}.
 */
public abstract class Optimizer implements AutoCloseable {
  /** The setting that names the kind of optimizer. */
  public static final String TYPE = "type";

  private final Map<String, Tensor> state = new LinkedHashMap<>();
  private double learningRate;
  private ParameterArena arena;
  private long steps;

  /**
   * An optimizer with a step size.
   *
   * @throws IllegalArgumentException unless it is a finite number of at least 0
   */
  protected Optimizer(double learningRate) {
    this.learningRate = requireRate(learningRate);
  }

  /** One step over all weights. */
  protected abstract void update(UpdateKernels kernels, ParameterArena weights);

  /** The settings by name, as text; saved with a checkpoint for the reader. */
  public abstract Map<String, String> settings();

  /** The names of the tensors this optimizer keeps, each as large as the weights. */
  protected abstract List<String> stateNames();

  /**
   * Begins to work on a model's weights, with a state of zeros.
   *
   * @throws IllegalStateException if it already works on others
   */
  public final void attach(ParameterArena weights) {
    if (arena == weights) {
      return;
    }
    if (arena != null) {
      throw new IllegalStateException(
          name() + " already works on another model; use one optimizer for each");
    }
    Map<String, Tensor> zeros = new LinkedHashMap<>();
    try {
      for (String name : stateNames()) {
        zeros.put(name, zeros(weights.values(), name));
      }
    } catch (RuntimeException | Error failure) {
      zeros.values().forEach(Tensor::close);
      throw failure;
    }
    state.putAll(zeros);
    arena = weights;
  }

  private static Tensor zeros(Tensor like, String name) {
    return Scope.escape(Tensor.zeros(like.backend(), like.shape(), "optimizer's " + name));
  }

  /**
   * Changes the weights by one step.
   *
   * @throws IllegalStateException before {@link #attach}
   */
  public final void step() {
    if (arena == null) {
      throw new IllegalStateException(
          name() + ": attach(model.parameters()) must come before step()");
    }
    steps++;
    update(arena.values().backend().update(), arena);
    arena.values().markWritten();
  }

  /** The step size. */
  public final double learningRate() {
    return learningRate;
  }

  /** Changes the step size from the next step on. */
  public final void learningRate(double rate) {
    learningRate = requireRate(rate);
  }

  /** Number of steps taken. */
  public final long steps() {
    return steps;
  }

  /** Continues after a number of steps; the tensors of {@link #state} are restored apart. */
  public final void restoreSteps(long taken) {
    steps = taken;
  }

  /** The tensors this optimizer keeps, by name, each as large as the weights. */
  public final Map<String, Tensor> state() {
    return Collections.unmodifiableMap(state);
  }

  @Override
  public void close() {
    state.values().forEach(Tensor::close);
    state.clear();
    arena = null;
    steps = 0;
  }

  /** Demands a hyperparameter within [low, high). */
  final double require(String hyperparameter, double value, double low, double high) {
    if (value >= low && value < high) {
      return value;
    }
    throw new IllegalArgumentException(
        name() + ": " + hyperparameter + " must be in [" + low + ", " + high + "), not " + value);
  }

  private double requireRate(double rate) {
    if (rate >= 0 && rate < Double.POSITIVE_INFINITY) {
      return rate;
    }
    throw new IllegalArgumentException(
        name() + ": the learning rate must be a finite number of at least 0, not " + rate);
  }

  private String name() {
    return getClass().getSimpleName();
  }
}
