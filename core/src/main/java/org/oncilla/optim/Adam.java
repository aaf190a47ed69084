package org.oncilla.optim;

import java.util.List;
import java.util.Map;
import org.oncilla.backend.UpdateKernels;
import org.oncilla.nn.ParameterArena;

/**
 * Adam (Kingma and Ba, 2015) with PyTorch's defaults: β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸; the formula
 * is that of {@link UpdateKernels.Adam}.
 */
public final class Adam extends Optimizer {
  private static final String FIRST = "first_moment";
  private static final String SECOND = "second_moment";

  private double beta1 = 0.9;
  private double beta2 = 0.999;
  private double epsilon = 1e-8;
  private double weightDecay;

  /** Adam with a step size; 0.001 is usual. */
  public Adam(double learningRate) {
    super(learningRate);
  }

  /** Changes how slowly the two moments follow the gradients. Before training. */
  public Adam betas(double first, double second) {
    beta1 = require("beta1", first, 0, 1);
    beta2 = require("beta2", second, 0, 1);
    return this;
  }

  /** Changes the term that keeps the divisor from 0. Before training. */
  public Adam epsilon(double term) {
    epsilon = require("epsilon", term, 0, Double.POSITIVE_INFINITY);
    return this;
  }

  /** Adds weightDecay·p to each gradient. Before training. */
  public Adam weightDecay(double factor) {
    weightDecay = require("weight decay", factor, 0, Double.POSITIVE_INFINITY);
    return this;
  }

  @Override
  protected List<String> stateNames() {
    return List.of(FIRST, SECOND);
  }

  @Override
  protected void update(UpdateKernels kernels, ParameterArena weights) {
    kernels.adam(
        new UpdateKernels.Adam(
            learningRate(), beta1, beta2, epsilon, weightDecay, false, false, steps()),
        weights.values().span(),
        weights.gradients().span(),
        state().get(FIRST).span(),
        state().get(SECOND).span(),
        null);
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        TYPE,
        "adam",
        "learning_rate",
        Double.toString(learningRate()),
        "beta1",
        Double.toString(beta1),
        "beta2",
        Double.toString(beta2),
        "epsilon",
        Double.toString(epsilon),
        "weight_decay",
        Double.toString(weightDecay));
  }
}
