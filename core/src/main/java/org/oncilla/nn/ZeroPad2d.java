package org.oncilla.nn;

import java.util.List;
import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** Surrounds images [N, C, H, W] with zeros, on each side as many as it is told. */
public final class ZeroPad2d extends Module {
  private final int left;
  private final int right;
  private final int top;
  private final int bottom;

  /**
   * The same on all sides.
   *
   * @param padding rows and columns of zeros
   */
  public ZeroPad2d(int padding) {
    this(padding, padding, padding, padding);
  }

  /**
   * Each side its own, in PyTorch's order.
   *
   * @param left columns before
   * @param right columns after
   * @param top rows above
   * @param bottom rows below
   */
  public ZeroPad2d(int left, int right, int top, int bottom) {
    if (left < 0 || right < 0 || top < 0 || bottom < 0) {
      throw new IllegalArgumentException(
          "ZeroPad2d: needs at least 0 zeros on each side, not "
              + List.of(left, right, top, bottom)
              + " (left, right, top, bottom)");
    }
    this.left = left;
    this.right = right;
    this.top = top;
    this.bottom = bottom;
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    Samples.requireImages(type(), input);
    return Shape.of(input.size(0), input.size(1) + top + bottom, input.size(2) + left + right);
  }

  @Override
  public Tensor forward(Tensor input) {
    return input.pad(left, right, top, bottom);
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of("padding", List.of(left, right, top, bottom)));
  }

  static ZeroPad2d create(ModuleConfig config) {
    int[] sides = config.integers("padding");
    if (sides.length != 4) {
      throw new IllegalArgumentException(
          "module ZeroPad2d: setting padding must be a list of four whole numbers, but is "
              + config.arguments().get("padding"));
    }
    return new ZeroPad2d(sides[0], sides[1], sides[2], sides[3]);
  }
}
