package org.oncilla.tensor;

import org.oncilla.backend.PoolingShape;
import org.oncilla.backend.WindowSizes;

/**
 * The windows of a pooling.
 *
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 * @param strideHeight vertical stride
 * @param strideWidth horizontal stride
 * @param padHeight rows of padding above and below
 * @param padWidth columns of padding left and right
 * @param countPadding whether an average counts padded zeros
 */
public record Pool2dOptions(
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int padHeight,
    int padWidth,
    boolean countPadding) {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if a kernel or stride is below 1 or a padding below 0
   */
  public Pool2dOptions {
    WindowSizes.checkSettings("pool2d", "height", kernelHeight, strideHeight, padHeight, 1);
    WindowSizes.checkSettings("pool2d", "width", kernelWidth, strideWidth, padWidth, 1);
  }

  /** Square windows side by side, without padding. */
  public static Pool2dOptions of(int kernel) {
    return of(kernel, kernel);
  }

  /** Windows side by side, without padding. */
  public static Pool2dOptions of(int height, int width) {
    return new Pool2dOptions(height, width, height, width, 0, 0, true);
  }

  /** The same with another stride in both directions. */
  public Pool2dOptions stride(int stride) {
    return stride(stride, stride);
  }

  /** The same with other strides. */
  public Pool2dOptions stride(int height, int width) {
    return new Pool2dOptions(
        kernelHeight, kernelWidth, height, width, padHeight, padWidth, countPadding);
  }

  /** The same with padding on all sides. */
  public Pool2dOptions padding(int padding) {
    return padding(padding, padding);
  }

  /** The same with other paddings, above and below, left and right. */
  public Pool2dOptions padding(int height, int width) {
    return new Pool2dOptions(
        kernelHeight, kernelWidth, strideHeight, strideWidth, height, width, countPadding);
  }

  /** The same, counting padded zeros in averages or not. */
  public Pool2dOptions countPadding(boolean count) {
    return new Pool2dOptions(
        kernelHeight, kernelWidth, strideHeight, strideWidth, padHeight, padWidth, count);
  }

  /**
   * The sizes of a pooling with these windows.
   *
   * @param images shape [N, C, H, W]
   * @throws IllegalArgumentException naming the sizes that do not fit
   */
  public PoolingShape pooling(Shape images) {
    return new PoolingShape(
        images.size(0),
        images.size(1),
        images.size(2),
        images.size(3),
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        padHeight,
        padWidth);
  }
}
