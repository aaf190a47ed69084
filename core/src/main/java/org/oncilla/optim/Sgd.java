package org.oncilla.optim;

import java.util.List;
import java.util.Map;
import org.oncilla.backend.UpdateKernels;
import org.oncilla.nn.ParameterArena;
import org.oncilla.tensor.Tensor;

/**
 * Stochastic gradient descent, with momentum, Nesterov's variant and weight decay as in PyTorch;
 * the formula is that of {@link UpdateKernels.Sgd}.
 */
public final class Sgd extends Optimizer {
  private static final String VELOCITY = "velocity";

  private double momentum;
  private double dampening;
  private double weightDecay;
  private boolean nesterov;

  /** Plain gradient descent: p = p − learningRate·g. */
  public Sgd(double learningRate) {
    super(learningRate);
  }

  /** Keeps a velocity, v = momentum·v + g. Before training. */
  public Sgd momentum(double factor) {
    momentum = require("momentum", factor, 0, Double.POSITIVE_INFINITY);
    return this;
  }

  /** Takes the share 1 − dampening of each gradient into the velocity. Before training. */
  public Sgd dampening(double share) {
    dampening = require("dampening", share, 0, 1);
    return this;
  }

  /** Looks ahead by one momentum step. Before training. */
  public Sgd nesterov(boolean ahead) {
    nesterov = ahead;
    return this;
  }

  /** Adds weightDecay·p to each gradient. Before training. */
  public Sgd weightDecay(double factor) {
    weightDecay = require("weight decay", factor, 0, Double.POSITIVE_INFINITY);
    return this;
  }

  @Override
  protected List<String> stateNames() {
    if (nesterov && (momentum == 0 || dampening != 0)) {
      throw new IllegalArgumentException(
          "Sgd: Nesterov momentum needs a momentum above 0 and no dampening, but they are "
              + momentum
              + " and "
              + dampening);
    }
    return momentum == 0 ? List.of() : List.of(VELOCITY);
  }

  @Override
  protected void update(UpdateKernels kernels, ParameterArena weights) {
    Tensor velocity = state().get(VELOCITY);
    kernels.sgd(
        new UpdateKernels.Sgd(
            learningRate(), momentum, dampening, nesterov, weightDecay, steps() == 1),
        weights.values().span(),
        weights.gradients().span(),
        velocity == null ? null : velocity.span());
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        TYPE,
        "sgd",
        "learning_rate",
        Double.toString(learningRate()),
        "momentum",
        Double.toString(momentum),
        "dampening",
        Double.toString(dampening),
        "nesterov",
        Boolean.toString(nesterov),
        "weight_decay",
        Double.toString(weightDecay));
  }
}
