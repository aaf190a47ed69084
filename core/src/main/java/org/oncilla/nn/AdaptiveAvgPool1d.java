package org.oncilla.nn;

import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Means over windows that cut sequences [N, C, L] of any length into a given number of elements;
 * {@link Tensor#adaptiveAvgPool2d} tells which windows.
 */
public final class AdaptiveAvgPool1d extends Module {
  private final int length;

  /**
   * A given number of elements.
   *
   * @param length of the output; 1 takes the mean of each channel
   */
  public AdaptiveAvgPool1d(int length) {
    if (length < 1) {
      throw new IllegalArgumentException(
          "AdaptiveAvgPool1d: the output needs at least 1 element, not " + length);
    }
    this.length = length;
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    Samples.requireSequences(type(), input);
    return Shape.of(input.size(0), length);
  }

  @Override
  public Tensor forward(Tensor input) {
    return input.adaptiveAvgPool1d(length);
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of("outputSize", length));
  }

  static AdaptiveAvgPool1d create(ModuleConfig config) {
    return new AdaptiveAvgPool1d(config.integer("outputSize"));
  }
}
