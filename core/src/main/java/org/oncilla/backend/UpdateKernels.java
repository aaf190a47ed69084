package org.oncilla.backend;

/**
 * Optimizer steps over a contiguous range of parameters, one launch for a whole model. Formulas
 * follow PyTorch 2. In all of them p is a parameter, g its gradient, t the number of the step
 * counted from 1, and sums, products and roots are of single elements. What is NaN in g is NaN in p
 * and in the state.
 *
 * <p>A weight decay is coupled where it is added to the gradient (g = g + weightDecay·p), and
 * decoupled where it shrinks the parameter (p = p − learningRate·weightDecay·p) and leaves the
 * gradient alone.
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
   * RMSprop (Tieleman and Hinton, "Lecture 6.5", 2012), centered as in Graves, "Generating
   * Sequences With Recurrent Neural Networks", 2013.
   *
   * <pre>
   * d = g + weightDecay·p
   * v = alpha·v + (1 − alpha)·d²
   * a = alpha·a + (1 − alpha)·d                                 (centered)
   * s = d / (√(centered ? max(v − a², 0) : v) + epsilon)
   * b = momentum·b + s                                          (with momentum)
   * p = p − learningRate·(momentum ≠ 0 ? b : s)
   * </pre>
   *
   * The maximum is there because rounding may take v − a² below 0.
   *
   * @param alpha decay of the averages
   * @param momentum factor on the velocity, 0 for none
   * @param centered divides by the standard deviation instead of the root of the mean square
   */
  record RmsProp(
      double learningRate,
      double alpha,
      double epsilon,
      double momentum,
      boolean centered,
      double weightDecay) {}

  /**
   * Adagrad (Duchi, Hazan and Singer, 2011).
   *
   * <pre>
   * d = g + weightDecay·p
   * s = s + d²
   * p = p − learningRate/(1 + (t − 1)·learningRateDecay) · d / (√s + epsilon)
   * </pre>
   *
   * @param step t, counted from 1
   */
  record Adagrad(
      double learningRate,
      double learningRateDecay,
      double epsilon,
      double weightDecay,
      long step) {}

  /**
   * Adadelta (Zeiler, 2012).
   *
   * <pre>
   * d = g + weightDecay·p
   * v = rho·v + (1 − rho)·d²
   * x = √(u + epsilon) / √(v + epsilon) · d
   * u = rho·u + (1 − rho)·x²
   * p = p − learningRate·x
   * </pre>
   *
   * @param rho decay of both averages
   */
  record Adadelta(double learningRate, double rho, double epsilon, double weightDecay) {}

  /**
   * Adam (Kingma and Ba, 2015) with the bias corrections of its first pages, AdamW where the decay
   * is decoupled (Loshchilov and Hutter, 2019), and AMSGrad with the largest second moment so far
   * (Reddi, Kale and Kumar, 2018).
   *
   * <pre>
   * p = p − learningRate·weightDecay·p        (decoupled) or  g = g + weightDecay·p
   * m = beta1·m + (1 − beta1)·g
   * v = beta2·v + (1 − beta2)·g²
   * x = max(x, v)                             (amsgrad; else x stands for v)
   * p = p − learningRate/(1 − beta1ᵗ) · m / (√x/√(1 − beta2ᵗ) + epsilon)
   * </pre>
   *
   * @param amsgrad divides by the largest second moment
   * @param step t, counted from 1
   */
  record Adam(
      double learningRate,
      double beta1,
      double beta2,
      double epsilon,
      double weightDecay,
      boolean decoupled,
      boolean amsgrad,
      long step) {}

  /**
   * Adam with Nesterov momentum (Dozat, "Incorporating Nesterov Momentum into Adam", 2016).
   *
   * <pre>
   * g = g + weightDecay·p
   * m = beta1·m + (1 − beta1)·g
   * v = beta2·v + (1 − beta2)·g²
   * n = momentum'·m/(1 − product·momentum') + (1 − momentum)·g/(1 − product)
   * p = p − learningRate · n / (√(v/(1 − beta2ᵗ)) + epsilon)
   * </pre>
   *
   * @param momentum μ of this step
   * @param nextMomentum momentum', the μ of the next step
   * @param momentumProduct of the μ of all steps so far, this one included
   * @param step t, counted from 1
   */
  record Nadam(
      double learningRate,
      double beta1,
      double beta2,
      double epsilon,
      double weightDecay,
      double momentum,
      double nextMomentum,
      double momentumProduct,
      long step) {}

  /**
   * Lion (Chen et al., "Symbolic Discovery of Optimization Algorithms", 2023); the decay is
   * decoupled.
   *
   * <pre>
   * p = p − learningRate·weightDecay·p
   * p = p − learningRate·sign(beta1·m + (1 − beta1)·g)          (sign(NaN) is NaN)
   * m = beta2·m + (1 − beta2)·g
   * </pre>
   */
  record Lion(double learningRate, double beta1, double beta2, double weightDecay) {}

  /**
   * One step of {@link Sgd}.
   *
   * @param parameters p, updated
   * @param gradients g, read
   * @param velocity v, updated; null where momentum is 0
   */
  void sgd(Sgd options, Span parameters, Span gradients, Span velocity);

  /**
   * One step of {@link RmsProp}.
   *
   * @param parameters p, updated
   * @param gradients g, read
   * @param squareAverage v, updated
   * @param velocity b, updated; null where momentum is 0
   * @param average a, updated; null unless centered
   */
  void rmsProp(
      RmsProp options,
      Span parameters,
      Span gradients,
      Span squareAverage,
      Span velocity,
      Span average);

  /**
   * One step of {@link Adagrad}.
   *
   * @param parameters p, updated
   * @param gradients g, read
   * @param squareSum s, updated
   */
  void adagrad(Adagrad options, Span parameters, Span gradients, Span squareSum);

  /**
   * One step of {@link Adadelta}.
   *
   * @param parameters p, updated
   * @param gradients g, read
   * @param squareAverage v, updated
   * @param deltaAverage u, updated
   */
  void adadelta(
      Adadelta options, Span parameters, Span gradients, Span squareAverage, Span deltaAverage);

  /**
   * One step of {@link Adam}.
   *
   * @param parameters p, updated
   * @param gradients g, read
   * @param firstMoment m, updated
   * @param secondMoment v, updated
   * @param largestSecondMoment x, updated; null unless amsgrad
   */
  void adam(
      Adam options,
      Span parameters,
      Span gradients,
      Span firstMoment,
      Span secondMoment,
      Span largestSecondMoment);

  /**
   * One step of {@link Nadam}.
   *
   * @param parameters p, updated
   * @param gradients g, read
   * @param firstMoment m, updated
   * @param secondMoment v, updated
   */
  void nadam(Nadam options, Span parameters, Span gradients, Span firstMoment, Span secondMoment);

  /**
   * One step of {@link Lion}.
   *
   * @param parameters p, updated
   * @param gradients g, read
   * @param firstMoment m, updated
   */
  void lion(Lion options, Span parameters, Span gradients, Span firstMoment);
}
