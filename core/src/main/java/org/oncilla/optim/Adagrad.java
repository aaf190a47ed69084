package org.oncilla.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oncilla.backend.UpdateKernels;

/**
 * Adagrad (Duchi, Hazan and Singer, 2011) with PyTorch's defaults: no learning rate decay, an
 * initial accumulator of 0, ε = 10⁻¹⁰, no weight decay; PyTorch's learning rate is 0.01. The
 * formula is that of {@link UpdateKernels.Adagrad}.
 */
public final class Adagrad extends Optimizer {
  private static final String SUM = "square_sum";

  private double learningRateDecay;
  private double initialAccumulator;
  private double epsilon = 1e-10;

  /** Adagrad with a step size; 0.01 is usual. */
  public Adagrad(double learningRate) {
    super(learningRate);
  }

  /** Divides the rate of step t, from 1 on, by 1 + (t − 1)·decay. Before training. */
  public Adagrad learningRateDecay(double decay) {
    learningRateDecay = require("learning rate decay", decay, 0, Double.POSITIVE_INFINITY);
    return this;
  }

  /** Begins the sums of squares at a value above 0, for smaller first steps. Before training. */
  public Adagrad initialAccumulator(double value) {
    initialAccumulator = require("the initial accumulator", value, 0, Double.POSITIVE_INFINITY);
    return this;
  }

  /** Changes the term that keeps the divisor from 0. Before training. */
  public Adagrad epsilon(double term) {
    epsilon = require("epsilon", term, 0, Double.POSITIVE_INFINITY);
    return this;
  }

  /** Coupled: adds weightDecay·p to each gradient, before it is scaled. Before training. */
  @Override
  public Adagrad weightDecay(double factor) {
    super.weightDecay(factor);
    return this;
  }

  @Override
  protected String type() {
    return "adagrad";
  }

  @Override
  protected List<String> stateNames() {
    return List.of(SUM);
  }

  @Override
  protected double initialState(String name) {
    return initialAccumulator;
  }

  @Override
  protected void update(UpdateKernels kernels, UpdateRange range) {
    kernels.adagrad(
        new UpdateKernels.Adagrad(
            range.learningRate(), learningRateDecay, epsilon, range.weightDecay(), steps()),
        range.parameters(),
        range.gradients(),
        range.state(SUM));
  }

  @Override
  protected Map<String, Object> hyperparameters() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("learning_rate_decay", learningRateDecay);
    settings.put("initial_accumulator", initialAccumulator);
    settings.put("epsilon", epsilon);
    return settings;
  }
}
