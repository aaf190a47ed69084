package org.oncilla.nn;

import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Group normalization (Wu and He, 2018): y = (x − mean) / √(variance + eps) · weight + bias, with
 * the mean and variance of each group of C/groups neighbouring channels of each sample [C, …], in
 * training and evaluation alike. The weight starts at 1, the bias at 0. One group normalizes whole
 * samples, as many as channels make instance normalization.
 */
public final class GroupNorm extends Module {
  private final int groups;
  private double eps = 1e-5;
  private boolean affine = true;
  private Parameter weight;
  private Parameter bias;

  /**
   * A normalization by groups; the number of channels is inferred.
   *
   * @param groups must divide the channels
   */
  public GroupNorm(int groups) {
    if (groups < 1) {
      throw new IllegalArgumentException("GroupNorm: needs at least 1 group, not " + groups);
    }
    this.groups = groups;
  }

  /** Adds another number than 1e-5 to variances; above 0. Before the model is initialized. */
  public GroupNorm eps(double value) {
    requireUninitialized("eps");
    eps = NormalizationSettings.eps(type(), value);
    return this;
  }

  /** Leaves weight and bias out, or not. Before the model is initialized. */
  public GroupNorm affine(boolean present) {
    requireUninitialized("affine");
    affine = present;
    return this;
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    if (input.rank() == 0 || input.size(0) % groups != 0) {
      throw new IllegalArgumentException(
          "GroupNorm: groups "
              + groups
              + " must divide the channels, the first axis of a sample, but the sample has shape "
              + input);
    }
    Shape channels = Shape.of(input.size(0));
    weight = affine ? context.parameter("weight", channels, Initializers.constant(1)) : null;
    bias = affine ? context.parameter("bias", channels, Initializers.zeros()) : null;
    return input;
  }

  @Override
  public Tensor forward(Tensor input) {
    return affine
        ? input.groupNorm(groups, valueOf(weight), valueOf(bias), eps)
        : input.groupNorm(groups, null, null, eps);
  }

  /** The weight [C]; null without one. */
  public Parameter weight() {
    return weight;
  }

  /** The bias [C]; null without one. */
  public Parameter bias() {
    return bias;
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of("groups", groups, "eps", eps, "affine", affine));
  }

  static GroupNorm create(ModuleConfig config) {
    return new GroupNorm(config.integer("groups"))
        .eps(config.number("eps"))
        .affine(config.flag("affine"));
  }
}
