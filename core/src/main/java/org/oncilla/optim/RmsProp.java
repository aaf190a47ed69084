package org.oncilla.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oncilla.backend.UpdateKernels;

/**
 * RMSprop (Tieleman and Hinton, 2012) with PyTorch's defaults: α = 0.99, ε = 10⁻⁸, no momentum, not
 * centered, no weight decay; PyTorch's learning rate is 0.01. The formula is that of {@link
 * UpdateKernels.RmsProp}.
 */
public final class RmsProp extends Optimizer {
  private static final String SQUARES = "square_average";
  private static final String VELOCITY = "velocity";
  private static final String AVERAGE = "gradient_average";

  private double alpha = 0.99;
  private double epsilon = 1e-8;
  private double momentum;
  private boolean centered;

  /** RMSprop with a step size; 0.001 to 0.01 is usual. */
  public RmsProp(double learningRate) {
    super(learningRate);
  }

  /** Changes how slowly the average of the squares follows the gradients. Before training. */
  public RmsProp alpha(double decay) {
    alpha = require("alpha", decay, 0, 1);
    return this;
  }

  /** Changes the term that keeps the divisor from 0. Before training. */
  public RmsProp epsilon(double term) {
    epsilon = require("epsilon", term, 0, Double.POSITIVE_INFINITY);
    return this;
  }

  /**
   * Keeps a velocity of the scaled gradients. Before training.
   *
   * @param factor in [0, 1)
   */
  public RmsProp momentum(double factor) {
    momentum = require("momentum", factor, 0, 1);
    return this;
  }

  /** Divides by an estimate of the gradient's standard deviation. Before training. */
  public RmsProp centered(boolean subtractsMean) {
    requireBeforeTraining("centered");
    centered = subtractsMean;
    return this;
  }

  /** Coupled: adds weightDecay·p to each gradient, before it is scaled. Before training. */
  @Override
  public RmsProp weightDecay(double factor) {
    super.weightDecay(factor);
    return this;
  }

  @Override
  protected String type() {
    return "rmsprop";
  }

  @Override
  protected List<String> stateNames() {
    if (momentum == 0) {
      return centered ? List.of(SQUARES, AVERAGE) : List.of(SQUARES);
    }
    return centered ? List.of(SQUARES, VELOCITY, AVERAGE) : List.of(SQUARES, VELOCITY);
  }

  @Override
  protected void update(UpdateKernels kernels, UpdateRange range) {
    kernels.rmsProp(
        new UpdateKernels.RmsProp(
            range.learningRate(), alpha, epsilon, momentum, centered, range.weightDecay()),
        range.parameters(),
        range.gradients(),
        range.state(SQUARES),
        range.state(VELOCITY),
        range.state(AVERAGE));
  }

  @Override
  protected Map<String, Object> hyperparameters() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("alpha", alpha);
    settings.put("epsilon", epsilon);
    settings.put("momentum", momentum);
    settings.put("centered", centered);
    return settings;
  }
}
