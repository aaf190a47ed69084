package org.oncilla.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oncilla.backend.UpdateKernels;

/**
 * Stochastic gradient descent, with momentum, Nesterov's variant and coupled weight decay as in
 * PyTorch; the formula is that of {@link UpdateKernels.Sgd}.
 *
 * <p>Momentum comes in two forms, which differ in the gradient's share and in the first step:
 *
 * <pre>
 * momentum(μ)            v = μ·v + g             v = g at first         (PyTorch's, classical)
 * averagedMomentum(β)    v = β·v + (1 − β)·g     from v = 0             (an average of gradients)
 * </pre>
 */
public final class Sgd extends Optimizer {
  private static final String VELOCITY = "velocity";

  private double momentum;
  private double dampening;
  private boolean nesterov;
  private boolean fromZero;

  /** Plain gradient descent: p = p − learningRate·g. */
  public Sgd(double learningRate) {
    super(learningRate);
  }

  /**
   * Keeps a velocity, v = momentum·v + g, that is g on the first step. Before training.
   *
   * @param factor in [0, 1): a velocity that keeps all of itself grows without bound
   */
  public Sgd momentum(double factor) {
    momentum = require("momentum", factor, 0, 1);
    if (fromZero) {
      dampening = 0;
      fromZero = false;
    }
    return this;
  }

  /**
   * Keeps an exponential average of the gradients, v = beta·v + (1 − beta)·g, from v = 0. Before
   * training. This is a momentum and a {@link #dampening} of beta, except that PyTorch begins with
   * the whole first gradient, v = g, and the average with v = (1 − beta)·g.
   *
   * @param beta share of the average that stays, in [0, 1)
   */
  public Sgd averagedMomentum(double beta) {
    momentum = require("the averaged momentum's beta", beta, 0, 1);
    dampening = beta;
    fromZero = true;
    return this;
  }

  /**
   * Takes the share 1 − dampening of each gradient but the first into the velocity. Before
   * training.
   */
  public Sgd dampening(double share) {
    dampening = require("dampening", share, 0, 1);
    return this;
  }

  /** Looks ahead by one momentum step. Before training. */
  public Sgd nesterov(boolean ahead) {
    requireBeforeTraining("nesterov");
    nesterov = ahead;
    return this;
  }

  /** Coupled: adds weightDecay·p to each gradient, before the momentum. Before training. */
  @Override
  public Sgd weightDecay(double factor) {
    super.weightDecay(factor);
    return this;
  }

  @Override
  protected String type() {
    return "sgd";
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
  protected void update(UpdateKernels kernels, UpdateRange range) {
    kernels.sgd(
        new UpdateKernels.Sgd(
            range.learningRate(),
            momentum,
            dampening,
            nesterov,
            range.weightDecay(),
            steps() == 1 && !fromZero),
        range.parameters(),
        range.gradients(),
        range.state(VELOCITY));
  }

  @Override
  protected Map<String, Object> hyperparameters() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("momentum", momentum);
    settings.put("dampening", dampening);
    settings.put("nesterov", nesterov);
    settings.put("velocity_from_zero", fromZero);
    return settings;
  }
}
