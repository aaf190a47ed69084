package org.oncilla.backend;

/**
 * Optimizer steps over a contiguous range of parameters, one launch for a whole model. Formulas
 * follow PyTorch.
 */
public interface UpdateKernels {
  /**
   * Stochastic gradient descent with momentum.
   *
   * <pre>
   * d = g + weightDecay·p
   * v = momentum·v + (1 − dampening)·d        (v = d on the first step)
   * p = p − learningRate·(nesterov ? d + momentum·v : v)
   * </pre>
   *
   * Without momentum, p = p − learningRate·d and v is not touched.
   *
   * @param learningRate step size
   * @param momentum factor on the velocity, 0 for plain gradient descent
   * @param dampening of the gradient's share in the velocity
   * @param nesterov looks ahead by one momentum step
   * @param weightDecay L2 penalty added to the gradient
   * @param firstStep whether the velocity starts here
   */
  record Sgd(
      double learningRate,
      double momentum,
      double dampening,
      boolean nesterov,
      double weightDecay,
      boolean firstStep) {}

  /**
   * Adam (Kingma and Ba, 2015) with the bias corrections of its first pages, and AdamW where the
   * decay is decoupled (Loshchilov and Hutter, 2019).
   *
   * <pre>
   * p = p − learningRate·weightDecay·p        (decoupled) or  g = g + weightDecay·p
   * m = beta1·m + (1 − beta1)·g
   * v = beta2·v + (1 − beta2)·g²
   * p = p − learningRate/(1 − beta1ᵗ) · m / (√v/√(1 − beta2ᵗ) + epsilon)
   * </pre>
   *
   * @param step t, counted from 1
   */
  record Adam(
      double learningRate,
      double beta1,
      double beta2,
      double epsilon,
      double weightDecay,
      boolean decoupled,
      long step) {}

  /**
   * One step of {@link Sgd}.
   *
   * @param parameters p, updated
   * @param gradients g, read
   * @param velocity v, updated; null where momentum is 0
   */
  void sgd(Sgd options, Span parameters, Span gradients, Span velocity);

  /**
   * One step of {@link Adam}.
   *
   * @param parameters p, updated
   * @param gradients g, read
   * @param firstMoment m, updated
   * @param secondMoment v, updated
   */
  void adam(Adam options, Span parameters, Span gradients, Span firstMoment, Span secondMoment);
}
