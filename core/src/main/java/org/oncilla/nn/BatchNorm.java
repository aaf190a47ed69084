package org.oncilla.nn;

import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Batch normalization (Ioffe and Szegedy, 2015): y = (x − mean) / √(variance + eps) · weight + bias
 * for each channel. In training the mean and variance are those of the batch, and running ones
 * follow: running = (1 − momentum)·running + momentum·statistic, of the unbiased variance. In
 * evaluation the running ones are taken. The weight starts at 1, the bias and the running mean at
 * 0, the running variance at 1.
 *
 * <p>Defaults and names are those of PyTorch, whose momentum is the share of the <em>new</em>
 * statistic; Keras counts the share of the old one, 1 − momentum.
 *
 * @param <T> the layer itself, which settings return
 */
public abstract class BatchNorm<T extends BatchNorm<T>> extends Module {
  private double eps = 1e-5;
  private double momentum = 0.1;
  private boolean affine = true;
  private Parameter weight;
  private Parameter bias;
  private Buffer runningMean;
  private Buffer runningVariance;

  BatchNorm() {}

  /** Adds another number than 1e-5 to variances; above 0. Before the model is initialized. */
  public T eps(double value) {
    requireUninitialized("eps");
    eps = NormalizationSettings.eps(type(), value);
    return self();
  }

  /** Moves the running statistics by another share than 0.1, in [0, 1], with each batch. */
  public T momentum(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(
          type() + ": momentum, the share of the new statistic, must be in [0, 1], not " + value);
    }
    momentum = value;
    return self();
  }

  /** Leaves weight and bias out, or not. Before the model is initialized. */
  public T affine(boolean present) {
    requireUninitialized("affine");
    affine = present;
    return self();
  }

  @SuppressWarnings("unchecked")
  private T self() {
    return (T) this;
  }

  /** Whether samples of a rank fit. */
  abstract boolean takes(int rank);

  /** The samples that fit, for messages. */
  abstract String samples();

  @Override
  protected Shape build(BuildContext context, Shape input) {
    if (!takes(input.rank())) {
      throw new IllegalArgumentException(type() + " needs " + samples() + ", but gets " + input);
    }
    Shape channels = Shape.of(input.size(0));
    weight = affine ? context.parameter("weight", channels, Initializers.constant(1)) : null;
    bias = affine ? context.parameter("bias", channels, Initializers.zeros()) : null;
    runningMean = context.buffer("running_mean", channels, Initializers.zeros());
    runningVariance = context.buffer("running_var", channels, Initializers.constant(1));
    return input;
  }

  @Override
  public Tensor forward(Tensor input) {
    Tensor mean = valueOf(runningMean);
    Tensor variance = valueOf(runningVariance);
    Tensor factor = affine ? valueOf(weight) : null;
    Tensor shift = affine ? valueOf(bias) : null;
    return isTraining()
        ? input.batchNorm(factor, shift, mean, variance, momentum, eps)
        : input.batchNormEvaluation(factor, shift, mean, variance, eps);
  }

  /** The weight [C]; null without one. */
  public Parameter weight() {
    return weight;
  }

  /** The bias [C]; null without one. */
  public Parameter bias() {
    return bias;
  }

  /** The running mean [C]. */
  public Buffer runningMean() {
    return runningMean;
  }

  /** The running variance [C]. */
  public Buffer runningVariance() {
    return runningVariance;
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of("eps", eps, "momentum", momentum, "affine", affine));
  }

  /** Takes the settings that {@link #config} tells. */
  T configured(ModuleConfig config) {
    return eps(config.number("eps"))
        .momentum(config.number("momentum"))
        .affine(config.flag("affine"));
  }
}
