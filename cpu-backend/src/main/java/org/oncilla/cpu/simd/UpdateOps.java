package org.oncilla.cpu.simd;

/**
 * Optimizer steps on the parameters {@code from} to {@code to}, without the last; formulas in
 * {@code UpdateKernels}. Coefficients come in single precision, rounded once from double.
 */
public interface UpdateOps {
  /**
   * The coefficients of a step of gradient descent.
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
   * The coefficients of a step of RMSprop.
   *
   * @param learningRate step size
   * @param weightDecay added to the gradient
   * @param alpha decay of the averages
   * @param alphaRest 1 − alpha
   * @param epsilon added to the denominator
   * @param momentum factor on the velocity; 0 leaves it untouched
   * @param centered subtracts the square of the average; else that is untouched
   */
  record RmsPropStep(
      float learningRate,
      float weightDecay,
      float alpha,
      float alphaRest,
      float epsilon,
      float momentum,
      boolean centered) {}

  /**
   * The coefficients of a step of Adagrad.
   *
   * @param stepSize learningRate / (1 + (t − 1)·learningRateDecay)
   * @param weightDecay added to the gradient
   * @param epsilon added to the denominator
   */
  record AdagradStep(float stepSize, float weightDecay, float epsilon) {}

  /**
   * The coefficients of a step of Adadelta.
   *
   * @param learningRate step size
   * @param weightDecay added to the gradient
   * @param rho decay of the averages
   * @param rhoRest 1 − rho
   * @param epsilon added below both roots
   */
  record AdadeltaStep(
      float learningRate, float weightDecay, float rho, float rhoRest, float epsilon) {}

  /**
   * The coefficients of a step of Adam, and of Nadam.
   *
   * @param parameterFactor 1 − learningRate·weightDecay where the decay is decoupled, else 1
   * @param weightDecay added to the gradient; 0 where it is decoupled
   * @param stepSize on the first moment: learningRate / (1 − beta1ᵗ) for Adam
   * @param gradientStepSize on the gradient; 0 for Adam
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
      float gradientStepSize,
      float beta1,
      float beta1Rest,
      float beta2,
      float beta2Rest,
      float rootScale,
      float epsilon) {}

  /**
   * The coefficients of a step of Lion.
   *
   * @param parameterFactor 1 − learningRate·weightDecay
   * @param learningRate step size
   * @param beta1 of the moment in the direction
   * @param beta1Rest 1 − beta1
   * @param beta2 decay of the moment
   * @param beta2Rest 1 − beta2
   */
  record LionStep(
      float parameterFactor,
      float learningRate,
      float beta1,
      float beta1Rest,
      float beta2,
      float beta2Rest) {}

  /** One step of gradient descent; {@code v} is null where momentum is 0. */
  void sgd(SgdStep step, Slice p, Slice g, Slice v, int from, int to);

  /** One step of RMSprop; {@code b} is null where momentum is 0, {@code a} unless centered. */
  void rmsProp(RmsPropStep step, Slice p, Slice g, Slice v, Slice b, Slice a, int from, int to);

  /** One step of Adagrad. */
  void adagrad(AdagradStep step, Slice p, Slice g, Slice s, int from, int to);

  /** One step of Adadelta. */
  void adadelta(AdadeltaStep step, Slice p, Slice g, Slice v, Slice u, int from, int to);

  /** One step of Adam; {@code x} is the largest second moment so far, null without AMSGrad. */
  void adam(AdamStep step, Slice p, Slice g, Slice m, Slice v, Slice x, int from, int to);

  /** One step of Nadam. */
  void nadam(AdamStep step, Slice p, Slice g, Slice m, Slice v, int from, int to);

  /** One step of Lion. */
  void lion(LionStep step, Slice p, Slice g, Slice m, int from, int to);
}
