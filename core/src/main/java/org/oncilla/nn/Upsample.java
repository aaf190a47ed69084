package org.oncilla.nn;

import java.util.Locale;
import java.util.Map;
import org.oncilla.tensor.Interpolation;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** Images [N, C, H, W] enlarged by whole factors, by repeated or by interpolated pixels. */
public final class Upsample extends Module {
  private final int heightFactor;
  private final int widthFactor;
  private final Interpolation mode;

  /**
   * Repeats each pixel.
   *
   * @param factor rows and columns of the output for each of the input
   */
  public Upsample(int factor) {
    this(factor, Interpolation.NEAREST);
  }

  /**
   * One factor for rows and columns.
   *
   * @param factor rows and columns of the output for each of the input
   * @param mode where the new pixels come from
   */
  public Upsample(int factor, Interpolation mode) {
    this(factor, factor, mode);
  }

  /**
   * Factors of their own for rows and columns.
   *
   * @param heightFactor rows of the output for each of the input
   * @param widthFactor columns of the output for each of the input
   * @param mode where the new pixels come from
   */
  public Upsample(int heightFactor, int widthFactor, Interpolation mode) {
    if (heightFactor < 1 || widthFactor < 1) {
      throw new IllegalArgumentException(
          "Upsample: the factors must be at least 1, not " + heightFactor + " and " + widthFactor);
    }
    this.heightFactor = heightFactor;
    this.widthFactor = widthFactor;
    this.mode = mode;
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    Samples.requireImages(type(), input);
    return Shape.of(
        input.size(0),
        Math.multiplyExact(input.size(1), heightFactor),
        Math.multiplyExact(input.size(2), widthFactor));
  }

  @Override
  public Tensor forward(Tensor input) {
    return input.upsample(heightFactor, widthFactor, mode);
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(
        type(),
        Map.of(
            "factor", ModuleConfig.pair(heightFactor, widthFactor),
            "mode", mode.name().toLowerCase(Locale.ROOT)));
  }

  static Upsample create(ModuleConfig config) {
    int[] factor = config.pair("factor");
    return new Upsample(factor[0], factor[1], mode(config.text("mode")));
  }

  private static Interpolation mode(String name) {
    for (Interpolation mode : Interpolation.values()) {
      if (mode.name().equalsIgnoreCase(name)) {
        return mode;
      }
    }
    throw new IllegalArgumentException(
        "module Upsample: setting mode must be nearest or bilinear, but is " + name);
  }
}
