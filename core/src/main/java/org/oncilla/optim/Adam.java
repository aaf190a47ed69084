package org.oncilla.optim;

import org.oncilla.backend.UpdateKernels;

/**
 * Adam (Kingma and Ba, 2015) with PyTorch's defaults: β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸, no AMSGrad,
 * no weight decay; the formula is that of {@link UpdateKernels.Adam}.
 */
public final class Adam extends AdamOptimizer<Adam> {
  /** Adam with a step size; 0.001 is usual. */
  public Adam(double learningRate) {
    super(learningRate, false);
  }

  /**
   * Coupled: adds weightDecay·p to each gradient, before it is scaled, so that large gradients
   * lessen the decay; {@link AdamW} decouples it. Before training.
   */
  @Override
  public Adam weightDecay(double factor) {
    super.weightDecay(factor);
    return this;
  }

  @Override
  protected String type() {
    return "adam";
  }

  @Override
  Adam self() {
    return this;
  }
}
