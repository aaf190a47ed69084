package org.oncilla.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oncilla.backend.UpdateKernels;

/**
 * Lion (Chen et al., "Symbolic Discovery of Optimization Algorithms", 2023): each step moves every
 * weight by the learning rate, in the direction of the sign of an average. With the paper's
 * defaults: β₁ = 0.9, β₂ = 0.99, no weight decay, a learning rate of 10⁻⁴; it wants rates 3 to 10
 * times smaller than Adam's, and a weight decay as much larger. The formula is that of {@link
 * UpdateKernels.Lion}.
 */
public final class Lion extends Optimizer {
  private static final String FIRST = "first_moment";

  private double beta1 = 0.9;
  private double beta2 = 0.99;

  /** Lion with a step size; 0.0001 is usual. */
  public Lion(double learningRate) {
    super(learningRate);
  }

  /** Changes the moment's share in the direction, and its decay. Before training. */
  public Lion betas(double first, double second) {
    beta1 = require("beta1", first, 0, 1);
    beta2 = require("beta2", second, 0, 1);
    return this;
  }

  /** Decoupled: each step first takes learningRate·weightDecay·p off p. Before training. */
  @Override
  public Lion weightDecay(double factor) {
    super.weightDecay(factor);
    return this;
  }

  @Override
  protected String type() {
    return "lion";
  }

  @Override
  protected List<String> stateNames() {
    return List.of(FIRST);
  }

  @Override
  protected void update(UpdateKernels kernels, UpdateRange range) {
    kernels.lion(
        new UpdateKernels.Lion(range.learningRate(), beta1, beta2, range.weightDecay()),
        range.parameters(),
        range.gradients(),
        range.state(FIRST));
  }

  @Override
  protected Map<String, Object> hyperparameters() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("beta1", beta1);
    settings.put("beta2", beta2);
    return settings;
  }
}
