package org.oncilla.nn;

import java.util.Map;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * A fully connected layer, y = x·Wᵀ + b, for inputs [N, in]. The weight has shape [out, in] and
 * starts by Glorot's uniform draw, the bias at zero.
 */
public final class Linear extends WeightedLayer<Linear> {
  private final int outFeatures;

  /**
   * A layer whose input size is inferred.
   *
   * @param outFeatures number of units
   */
  public Linear(int outFeatures) {
    if (outFeatures < 1) {
      throw new IllegalArgumentException("Linear: needs at least 1 unit, not " + outFeatures);
    }
    this.outFeatures = outFeatures;
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    if (input.rank() != 1) {
      throw new IllegalArgumentException(
          "Linear needs one row per sample, [in], but gets " + input + "; put a Flatten before it");
    }
    declare(context, Shape.of(outFeatures, input.size(0)), outFeatures);
    return Shape.of(outFeatures);
  }

  @Override
  Tensor compute(Tensor input, UnaryOp activation) {
    return input.linear(weightValue(), biasValue(), activation);
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of("outFeatures", outFeatures, "bias", hasBias()));
  }

  static Linear create(ModuleConfig config) {
    return new Linear(config.integer("outFeatures")).bias(config.flag("bias"));
  }
}
