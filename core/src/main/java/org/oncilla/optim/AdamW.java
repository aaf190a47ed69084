package org.oncilla.optim;

import org.oncilla.backend.UpdateKernels;

/**
 * Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled Weight Decay Regularization",
 * 2019) with PyTorch's defaults: β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸, no AMSGrad, and a weight decay of
 * 0.01; the formula is that of {@link UpdateKernels.Adam}.
 */
public final class AdamW extends AdamOptimizer<AdamW> {
  /** AdamW with a step size; 0.001 is usual. */
  public AdamW(double learningRate) {
    super(learningRate, true);
    weightDecay(0.01);
  }

  /** Decoupled: each step first takes learningRate·weightDecay·p off p. Before training. */
  @Override
  public AdamW weightDecay(double factor) {
    super.weightDecay(factor);
    return this;
  }

  @Override
  protected String type() {
    return "adamw";
  }

  @Override
  AdamW self() {
    return this;
  }
}
