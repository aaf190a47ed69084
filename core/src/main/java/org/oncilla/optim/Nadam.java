package org.oncilla.optim;

import java.util.Map;
import org.oncilla.backend.UpdateKernels;

/**
 * Adam with Nesterov momentum (Dozat, "Incorporating Nesterov Momentum into Adam", 2016) with
 * PyTorch's defaults: β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸, ψ = 0.004, no weight decay; PyTorch's
 * learning rate is 0.002. The formula is that of {@link UpdateKernels.Nadam}, with the momentum of
 * step t, counted from 1,
 *
 * <pre>μ(t) = β₁·(1 − ½·0.96^(t·ψ))</pre>
 */
public final class Nadam extends MomentOptimizer<Nadam> {
  private static final double BASE = 0.96;

  private double momentumDecay = 4e-3;
  private double product = 1;
  private long factors;

  /** Nadam with a step size; 0.002 is usual. */
  public Nadam(double learningRate) {
    super(learningRate);
  }

  /** Changes ψ, how fast the momentum rises from half of β₁ to β₁. Before training. */
  public Nadam momentumDecay(double psi) {
    momentumDecay = require("momentum decay", psi, 0, Double.POSITIVE_INFINITY);
    return this;
  }

  /** Coupled: adds weightDecay·p to each gradient, before it is scaled. Before training. */
  @Override
  public Nadam weightDecay(double factor) {
    super.weightDecay(factor);
    return this;
  }

  @Override
  protected String type() {
    return "nadam";
  }

  @Override
  Nadam self() {
    return this;
  }

  @Override
  protected void update(UpdateKernels kernels, UpdateRange range) {
    kernels.nadam(
        new UpdateKernels.Nadam(
            range.learningRate(),
            beta1(),
            beta2(),
            epsilon(),
            range.weightDecay(),
            momentum(steps()),
            momentum(steps() + 1),
            momentumProduct(steps()),
            steps()),
        range.parameters(),
        range.gradients(),
        range.state(FIRST),
        range.state(SECOND));
  }

  private double momentum(long step) {
    return beta1() * (1 - StrictMath.pow(BASE, step * momentumDecay) / 2);
  }

  /** μ(1)·…·μ(step): continued from the last step, and made anew after steps are restored. */
  private double momentumProduct(long step) {
    if (factors > step) {
      product = 1;
      factors = 0;
    }
    while (factors < step && product > 0) {
      factors++;
      product *= momentum(factors);
    }
    factors = step;
    return product;
  }

  @Override
  protected Map<String, Object> hyperparameters() {
    Map<String, Object> settings = super.hyperparameters();
    settings.put("momentum_decay", momentumDecay);
    return settings;
  }
}
