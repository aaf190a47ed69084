package org.oncilla.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oncilla.backend.UpdateKernels;

/**
 * Adadelta (Zeiler, 2012) with PyTorch's defaults: ρ = 0.9, ε = 10⁻⁶, no weight decay; PyTorch's
 * learning rate is 1, the paper's own step. The formula is that of {@link UpdateKernels.Adadelta}.
 */
public final class Adadelta extends Optimizer {
  private static final String SQUARES = "square_average";
  private static final String DELTAS = "delta_average";

  private double rho = 0.9;
  private double epsilon = 1e-6;

  /** Adadelta with a factor on its steps; 1 is usual. */
  public Adadelta(double learningRate) {
    super(learningRate);
  }

  /** Changes how slowly both averages follow. Before training. */
  public Adadelta rho(double decay) {
    rho = require("rho", decay, 0, 1);
    return this;
  }

  /**
   * Changes the term below both roots; its root is the size of the first steps. Before training.
   */
  public Adadelta epsilon(double term) {
    epsilon = require("epsilon", term, 0, Double.POSITIVE_INFINITY);
    return this;
  }

  /** Coupled: adds weightDecay·p to each gradient, before it is scaled. Before training. */
  @Override
  public Adadelta weightDecay(double factor) {
    super.weightDecay(factor);
    return this;
  }

  @Override
  protected String type() {
    return "adadelta";
  }

  @Override
  protected List<String> stateNames() {
    return List.of(SQUARES, DELTAS);
  }

  @Override
  protected void update(UpdateKernels kernels, UpdateRange range) {
    kernels.adadelta(
        new UpdateKernels.Adadelta(range.learningRate(), rho, epsilon, range.weightDecay()),
        range.parameters(),
        range.gradients(),
        range.state(SQUARES),
        range.state(DELTAS));
  }

  @Override
  protected Map<String, Object> hyperparameters() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("rho", rho);
    settings.put("epsilon", epsilon);
    return settings;
  }
}
