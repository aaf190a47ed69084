package org.oncilla.nn;

import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Means over windows that cut images [N, C, H, W] of any size into a given number of rows and
 * columns; {@link Tensor#adaptiveAvgPool2d} tells which windows.
 */
public final class AdaptiveAvgPool2d extends Module {
  private final int height;
  private final int width;

  /**
   * As many rows as columns.
   *
   * @param size of the output; 1 takes the mean of each channel
   */
  public AdaptiveAvgPool2d(int size) {
    this(size, size);
  }

  /**
   * A given number of rows and columns.
   *
   * @param height rows of the output
   * @param width columns of the output
   */
  public AdaptiveAvgPool2d(int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "AdaptiveAvgPool2d: the output needs at least 1 row and column, not "
              + height
              + " and "
              + width);
    }
    this.height = height;
    this.width = width;
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    Samples.requireImages(type(), input);
    return Shape.of(input.size(0), height, width);
  }

  @Override
  public Tensor forward(Tensor input) {
    return input.adaptiveAvgPool2d(height, width);
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of("outputSize", ModuleConfig.pair(height, width)));
  }

  static AdaptiveAvgPool2d create(ModuleConfig config) {
    int[] size = config.pair("outputSize");
    return new AdaptiveAvgPool2d(size[0], size[1]);
  }
}
