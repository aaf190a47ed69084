package org.oncilla.tensor;

import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.WindowSizes;

/**
 * How a convolution slides.
 *
 * @param strideHeight vertical stride
 * @param strideWidth horizontal stride
 * @param padHeight rows of zeros above and below
 * @param padWidth columns of zeros left and right
 * @param dilationHeight vertical distance of kernel taps
 * @param dilationWidth horizontal distance of kernel taps
 * @param groups number of channel groups
 */
public record Conv2dOptions(
    int strideHeight,
    int strideWidth,
    int padHeight,
    int padWidth,
    int dilationHeight,
    int dilationWidth,
    int groups) {
  /** Stride 1, no padding, no dilation, one group. */
  public static final Conv2dOptions DEFAULT = new Conv2dOptions(1, 1, 0, 0, 1, 1, 1);

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if a stride, dilation or the groups are below 1 or a padding
   *     below 0
   */
  public Conv2dOptions {
    WindowSizes.checkSlide("conv2d", "height", strideHeight, padHeight, dilationHeight);
    WindowSizes.checkSlide("conv2d", "width", strideWidth, padWidth, dilationWidth);
    WindowSizes.checkGroups("conv2d", groups);
  }

  /** The same with another stride in both directions. */
  public Conv2dOptions stride(int stride) {
    return stride(stride, stride);
  }

  /** The same with other strides. */
  public Conv2dOptions stride(int height, int width) {
    return new Conv2dOptions(
        height, width, padHeight, padWidth, dilationHeight, dilationWidth, groups);
  }

  /** The same with another padding on all sides. */
  public Conv2dOptions padding(int padding) {
    return padding(padding, padding);
  }

  /** The same with other paddings, above and below, left and right. */
  public Conv2dOptions padding(int height, int width) {
    return new Conv2dOptions(
        strideHeight, strideWidth, height, width, dilationHeight, dilationWidth, groups);
  }

  /** The same with another dilation in both directions. */
  public Conv2dOptions dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  /** The same with other dilations. */
  public Conv2dOptions dilation(int height, int width) {
    return new Conv2dOptions(strideHeight, strideWidth, padHeight, padWidth, height, width, groups);
  }

  /** The same with another number of groups. */
  public Conv2dOptions groups(int count) {
    return new Conv2dOptions(
        strideHeight, strideWidth, padHeight, padWidth, dilationHeight, dilationWidth, count);
  }

  /**
   * The sizes of a convolution that slides so.
   *
   * @param images shape [N, C, H, W]
   * @param outChannels number of kernels
   * @param kernelHeight rows of a kernel
   * @param kernelWidth columns of a kernel
   * @throws IllegalArgumentException naming the sizes that do not fit
   */
  public ConvolutionShape convolution(
      Shape images, int outChannels, int kernelHeight, int kernelWidth) {
    return new ConvolutionShape(
        images.size(0),
        images.size(1),
        images.size(2),
        images.size(3),
        outChannels,
        kernelHeight,
        kernelWidth,
        strideHeight,
        strideWidth,
        padHeight,
        padWidth,
        dilationHeight,
        dilationWidth,
        groups);
  }
}
