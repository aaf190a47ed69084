package org.oncilla.optim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oncilla.backend.UpdateKernels;
import org.oncilla.nn.ParameterArena;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Tensor;

/**
 * Changes the weights of a model by their gradients, all of them in one kernel, or in one for each
 * run of neighbours that a {@link ParameterGroup} sets apart. It belongs to one model from {@link
 * #attach} to {@link #close}.
 */
public abstract class Optimizer implements AutoCloseable {
  /** The setting that names the kind of optimizer. */
  public static final String TYPE = "type";

  private final Map<String, Tensor> state = new LinkedHashMap<>();
  private final List<ParameterGroup> groups = new ArrayList<>();
  private double learningRate;
  private double weightDecay;
  private ParameterArena arena;
  private List<GroupRange> ranges = List.of();
  private long steps;

  /**
   * An optimizer with a step size.
   *
   * @throws IllegalArgumentException unless it is a finite number of at least 0
   */
  protected Optimizer(double learningRate) {
    this.learningRate = requireRate(learningRate);
  }

  /** The kind of optimizer, such as {@code adam}; a checkpoint is resumed by the same kind only. */
  protected abstract String type();

  /** The settings beside learning rate and weight decay by name, for {@link #settings}. */
  protected abstract Map<String, Object> hyperparameters();

  /** The names of the tensors this optimizer keeps, each as large as the weights. */
  protected abstract List<String> stateNames();

  /** What a tensor of {@link #stateNames} holds before the first step: 0 unless overridden. */
  protected double initialState(String name) {
    return 0;
  }

  /** One step over a range of the weights; {@link #steps} counts it already. */
  protected abstract void update(UpdateKernels kernels, UpdateRange range);

  /**
   * Changes the weight decay of all parameters whose group has none of its own. Before training.
   * How it acts, coupled or decoupled, is the optimizer's to say.
   *
   * @param factor at least 0
   */
  public Optimizer weightDecay(double factor) {
    weightDecay = require("weight decay", factor, 0, Double.POSITIVE_INFINITY);
    return this;
  }

  /**
   * Sets some parameters apart, such as biases, which are better not decayed. Before training; the
   * parameters of no group keep this optimizer's settings. Parameters that are neighbours in the
   * model and end up with equal settings are still updated by one kernel.
   */
  public final Optimizer group(ParameterGroup group) {
    requireBeforeTraining("a group");
    groups.add(group);
    return this;
  }

  /** The settings by name, as text; saved with a checkpoint for the reader. */
  public final Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(TYPE, type());
    settings.put("learning_rate", Double.toString(learningRate));
    hyperparameters().forEach((name, value) -> settings.put(name, value.toString()));
    settings.put("weight_decay", Double.toString(weightDecay));
    for (int i = 0; i < groups.size(); i++) {
      settings.put("group." + i, groups.get(i).toString());
    }
    return settings;
  }

  /**
   * Begins to work on a model's weights, with its initial state.
   *
   * @throws IllegalStateException if it already works on others
   * @throws IllegalArgumentException if settings contradict one another, a group matches no
   *     parameter, or two groups match the same
   */
  public final void attach(ParameterArena weights) {
    if (arena == weights) {
      return;
    }
    if (arena != null) {
      throw new IllegalStateException(
          name() + " already works on another model; use one optimizer for each");
    }
    List<GroupRange> resolved = GroupRange.resolve(name(), weights, groups, weightDecay);
    Map<String, Tensor> initial = new LinkedHashMap<>();
    try {
      for (String name : stateNames()) {
        Tensor made = zeros(weights.values(), name);
        initial.put(name, made);
        if (initialState(name) != 0) {
          made.backend().elementwise().fill(made.span(), initialState(name));
        }
      }
    } catch (RuntimeException | Error failure) {
      initial.values().forEach(Tensor::close);
      throw failure;
    }
    state.putAll(initial);
    ranges = resolved;
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
    UpdateKernels kernels = arena.values().backend().update();
    for (GroupRange range : ranges) {
      update(kernels, new UpdateRange(range, learningRate, arena, state));
    }
    arena.values().markWritten();
  }

  /** The step size, before the factors of groups. */
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
    ranges = List.of();
    arena = null;
    steps = 0;
  }

  /**
   * Demands that training has not begun.
   *
   * @param setting what is to be changed, for the message
   * @throws IllegalStateException if this optimizer works on a model already
   */
  protected final void requireBeforeTraining(String setting) {
    if (arena != null) {
      throw new IllegalStateException(
          name()
              + ": "
              + setting
              + " is set before training, and this one already works on a model; only"
              + " learningRate(rate) may change then");
    }
  }

  /**
   * Demands a hyperparameter within [low, high), before training.
   *
   * @return the value
   * @throws IllegalArgumentException naming the optimizer, the hyperparameter and its value
   * @throws IllegalStateException if this optimizer works on a model already
   */
  protected final double require(String hyperparameter, double value, double low, double high) {
    requireBeforeTraining(hyperparameter);
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

  /** Class and settings. */
  @Override
  public final String toString() {
    Map<String, String> settings = settings();
    settings.remove(TYPE);
    String listed = settings.toString();
    return name() + "(" + listed.substring(1, listed.length() - 1) + ")";
  }

  private String name() {
    return getClass().getSimpleName();
  }
}
