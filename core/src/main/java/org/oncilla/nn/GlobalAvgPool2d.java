package org.oncilla.nn;

import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * The mean of each channel of images [N, C, H, W], as one row [N, C] for a classifier: an {@link
 * AdaptiveAvgPool2d} to size 1 and a {@link Flatten} in one (Lin and others, 2013, "Network In
 * Network").
 */
public final class GlobalAvgPool2d extends Module {
  @Override
  protected Shape build(BuildContext context, Shape input) {
    Samples.requireImages(type(), input);
    return Shape.of(input.size(0));
  }

  @Override
  public Tensor forward(Tensor input) {
    return input.mean(2, 3);
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of());
  }

  static GlobalAvgPool2d create(ModuleConfig config) {
    return new GlobalAvgPool2d();
  }
}
