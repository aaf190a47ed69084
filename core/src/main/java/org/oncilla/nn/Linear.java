package org.oncilla.nn;

import java.util.Map;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * A fully connected layer, y = x·Wᵀ + b, for inputs [N, in]. The weight has shape [out, in] and
 * starts by Glorot's uniform draw, the bias at zero.
 */
public final class Linear extends Module implements FusedLayer {
  private final int outFeatures;
  private boolean hasBias = true;
  private Initializer weightInitializer = Initializers.glorotUniform();
  private Parameter weight;
  private Parameter bias;

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

  /** Leaves the bias out, or not. Before the model is initialized. */
  public Linear bias(boolean present) {
    hasBias = present;
    return this;
  }

  /** Draws the weight in another way. Before the model is initialized. */
  public Linear weightInitializer(Initializer initializer) {
    weightInitializer = initializer;
    return this;
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    if (input.rank() != 1) {
      throw new IllegalArgumentException(
          "Linear needs one row per sample, [in], but gets " + input + "; put a Flatten before it");
    }
    weight = context.parameter("weight", Shape.of(outFeatures, input.size(0)), weightInitializer);
    bias = hasBias ? context.parameter("bias", Shape.of(outFeatures), Initializers.zeros()) : null;
    return Shape.of(outFeatures);
  }

  @Override
  public Tensor forward(Tensor input) {
    return forward(input, UnaryOp.IDENTITY);
  }

  @Override
  public Tensor forward(Tensor input, UnaryOp activation) {
    return input.linear(valueOf(weight), hasBias ? valueOf(bias) : null, activation);
  }

  /** The weight [out, in]. */
  public Parameter weight() {
    return weight;
  }

  /** The bias [out]; null without one. */
  public Parameter bias() {
    return bias;
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of("outFeatures", outFeatures, "bias", hasBias));
  }

  static Linear create(ModuleConfig config) {
    return new Linear(config.integer("outFeatures")).bias(config.flag("bias"));
  }
}
