package org.oncilla.cpu.simd;

/** Optimizer steps on n consecutive parameters; formulas in {@code UpdateKernels}. */
public interface UpdateOps {
  /**
   * The coefficients of a step of gradient descent in single precision.
   *
   * @param learningRate step size
   * @param weightDecay L2 penalty added to the gradient
   * @param momentum factor on the velocity; 0 leaves it untouched
   * @param gradientShare of the gradient in the velocity, 1 − dampening, or 1 on the first step
   * @param nesterov looks ahead by one momentum step
   * @param firstStep ignores what the velocity holds
   */
  record SgdStep(
      float learningRate,
      float weightDecay,
      float momentum,
      float gradientShare,
      boolean nesterov,
      boolean firstStep) {}

  /**
   * The coefficients of a step of Adam in single precision.
   *
   * @param parameterFactor 1 − learningRate·weightDecay where the decay is decoupled, else 1
   * @param weightDecay added to the gradient; 0 where it is decoupled
   * @param stepSize learningRate / (1 − beta1ᵗ)
   * @param beta1 decay of the first moment
   * @param beta1Rest 1 − beta1
   * @param beta2 decay of the second moment
   * @param beta2Rest 1 − beta2
   * @param rootScale 1 / √(1 − beta2ᵗ)
   * @param epsilon added to the denominator
   */
  record AdamStep(
      float parameterFactor,
      float weightDecay,
      float stepSize,
      float beta1,
      float beta1Rest,
      float beta2,
      float beta2Rest,
      float rootScale,
      float epsilon) {}

  /** One step of gradient descent; {@code v} is null where momentum is 0. */
  void sgd(SgdStep step, float[] p, int po, float[] g, int go, float[] v, int vo, int n);

  /** One step of Adam. */
  void adam(
      AdamStep step,
      float[] p,
      int po,
      float[] g,
      int go,
      float[] m,
      int mo,
      float[] v,
      int vo,
      int n);
}
