package org.oncilla.nn;

import java.util.Arrays;
import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Layer normalization (Ba and others, 2016): y = (x − mean) / √(variance + eps) · weight + bias,
 * with the mean and variance over the last axes, in training and evaluation alike. Weight and bias
 * have a value for each normalized element; the weight starts at 1, the bias at 0.
 */
public final class LayerNorm extends Module {
  private final int[] given;
  private double eps = 1e-5;
  private boolean elementwiseAffine = true;
  private boolean hasBias = true;
  private Parameter weight;
  private Parameter bias;

  /**
   * A normalization over the last axes.
   *
   * @param normalizedShape the sizes of those axes; none for all axes of a sample, whose sizes are
   *     then inferred
   */
  public LayerNorm(int... normalizedShape) {
    given = normalizedShape.clone();
    if (Arrays.stream(given).anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "LayerNorm: the sizes of the normalized axes must be at least 1, not "
              + Arrays.toString(given));
    }
  }

  /** Adds another number than 1e-5 to variances; above 0. Before the model is initialized. */
  public LayerNorm eps(double value) {
    requireUninitialized("eps");
    eps = NormalizationSettings.eps(type(), value);
    return this;
  }

  /** Leaves weight and bias out, or not. Before the model is initialized. */
  public LayerNorm elementwiseAffine(boolean present) {
    requireUninitialized("elementwiseAffine");
    elementwiseAffine = present;
    return this;
  }

  /** Leaves the bias alone out, or not. Before the model is initialized. */
  public LayerNorm bias(boolean present) {
    requireUninitialized("bias");
    hasBias = present;
    return this;
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    Shape normalized = lastAxes(input);
    weight =
        elementwiseAffine
            ? context.parameter("weight", normalized, Initializers.constant(1))
            : null;
    bias =
        elementwiseAffine && hasBias
            ? context.parameter("bias", normalized, Initializers.zeros())
            : null;
    return input;
  }

  /** The normalized axes of a sample. */
  private Shape lastAxes(Shape sample) {
    int lead = given.length == 0 ? 0 : sample.rank() - given.length;
    int[] last = lead < 0 ? null : Arrays.copyOfRange(sample.sizes(), lead, sample.rank());
    if (sample.rank() == 0 || last == null || given.length > 0 && !Arrays.equals(last, given)) {
      throw new IllegalArgumentException(
          "LayerNorm: the last axes of a sample of shape "
              + sample
              + " must be "
              + (given.length == 0 ? "there to normalize" : Arrays.toString(given)));
    }
    return Shape.of(last);
  }

  @Override
  public Tensor forward(Tensor input) {
    Tensor factor = elementwiseAffine ? valueOf(weight) : null;
    Tensor shift = elementwiseAffine && hasBias ? valueOf(bias) : null;
    return input.layerNorm(lastAxes(input.shape().dropFirst()), factor, shift, eps);
  }

  /** The weight, of the normalized shape; null without one. */
  public Parameter weight() {
    return weight;
  }

  /** The bias, of the normalized shape; null without one. */
  public Parameter bias() {
    return bias;
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(
        type(),
        Map.of(
            "normalizedShape",
            Arrays.stream(given).boxed().toList(),
            "eps",
            eps,
            "elementwiseAffine",
            elementwiseAffine,
            "bias",
            hasBias));
  }

  static LayerNorm create(ModuleConfig config) {
    return new LayerNorm(config.integers("normalizedShape"))
        .eps(config.number("eps"))
        .elementwiseAffine(config.flag("elementwiseAffine"))
        .bias(config.flag("bias"));
  }
}
