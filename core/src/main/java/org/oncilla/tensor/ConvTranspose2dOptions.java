package org.oncilla.tensor;

import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.WindowSizes;

/**
 * How a transposed convolution spreads its input. Along an axis of size {@code in} the output has
 *
 * <pre>(in − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1</pre>
 *
 * <p>elements, which is the input size of the convolution that it turns around.
 *
 * @param strideHeight vertical distance of the spread pixels
 * @param strideWidth horizontal distance of the spread pixels
 * @param padHeight rows cut off above and below
 * @param padWidth columns cut off left and right
 * @param outputPadHeight rows added below, less than the stride: which of the input heights that a
 *     convolution maps to one output height is meant
 * @param outputPadWidth columns added at the right, less than the stride
 * @param dilationHeight vertical distance of kernel taps
 * @param dilationWidth horizontal distance of kernel taps
 * @param groups number of channel groups
 */
public record ConvTranspose2dOptions(
    int strideHeight,
    int strideWidth,
    int padHeight,
    int padWidth,
    int outputPadHeight,
    int outputPadWidth,
    int dilationHeight,
    int dilationWidth,
    int groups) {
  /** Stride 1, no padding, no dilation, one group. */
  public static final ConvTranspose2dOptions DEFAULT =
      new ConvTranspose2dOptions(1, 1, 0, 0, 0, 0, 1, 1, 1);

  private static final String OPERATION = "convTranspose2d";

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if a stride, dilation or the groups are below 1 or a padding
   *     below 0
   */
  public ConvTranspose2dOptions {
    WindowSizes.checkSlide(OPERATION, "height", strideHeight, padHeight, dilationHeight);
    WindowSizes.checkSlide(OPERATION, "width", strideWidth, padWidth, dilationWidth);
    WindowSizes.checkGroups(OPERATION, groups);
  }

  /** The same with another stride in both directions. */
  public ConvTranspose2dOptions stride(int stride) {
    return stride(stride, stride);
  }

  /** The same with other strides. */
  public ConvTranspose2dOptions stride(int height, int width) {
    return new ConvTranspose2dOptions(
        height,
        width,
        padHeight,
        padWidth,
        outputPadHeight,
        outputPadWidth,
        dilationHeight,
        dilationWidth,
        groups);
  }

  /** The same with another padding on all sides. */
  public ConvTranspose2dOptions padding(int padding) {
    return padding(padding, padding);
  }

  /** The same with other paddings, above and below, left and right. */
  public ConvTranspose2dOptions padding(int height, int width) {
    return new ConvTranspose2dOptions(
        strideHeight,
        strideWidth,
        height,
        width,
        outputPadHeight,
        outputPadWidth,
        dilationHeight,
        dilationWidth,
        groups);
  }

  /** The same with another output padding in both directions. */
  public ConvTranspose2dOptions outputPadding(int padding) {
    return outputPadding(padding, padding);
  }

  /** The same with other output paddings, below and at the right. */
  public ConvTranspose2dOptions outputPadding(int height, int width) {
    return new ConvTranspose2dOptions(
        strideHeight,
        strideWidth,
        padHeight,
        padWidth,
        height,
        width,
        dilationHeight,
        dilationWidth,
        groups);
  }

  /** The same with another dilation in both directions. */
  public ConvTranspose2dOptions dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  /** The same with other dilations. */
  public ConvTranspose2dOptions dilation(int height, int width) {
    return new ConvTranspose2dOptions(
        strideHeight,
        strideWidth,
        padHeight,
        padWidth,
        outputPadHeight,
        outputPadWidth,
        height,
        width,
        groups);
  }

  /** The same with another number of groups. */
  public ConvTranspose2dOptions groups(int count) {
    return new ConvTranspose2dOptions(
        strideHeight,
        strideWidth,
        padHeight,
        padWidth,
        outputPadHeight,
        outputPadWidth,
        dilationHeight,
        dilationWidth,
        count);
  }

  /**
   * The convolution that is turned around: its output has the sizes of {@code images}, its input
   * those of the result.
   *
   * @param images shape [N, C, H, W]
   * @param outChannels channels of the result
   * @param kernelHeight rows of a kernel
   * @param kernelWidth columns of a kernel
   * @throws IllegalArgumentException naming the sizes that do not fit
   */
  public ConvolutionShape convolution(
      Shape images, int outChannels, int kernelHeight, int kernelWidth) {
    WindowSizes.checkGroups(OPERATION, groups, images.size(1), outChannels);
    return new ConvolutionShape(
        images.size(0),
        outChannels,
        out(
            "height",
            images.size(2),
            kernelHeight,
            strideHeight,
            padHeight,
            outputPadHeight,
            dilationHeight),
        out(
            "width",
            images.size(3),
            kernelWidth,
            strideWidth,
            padWidth,
            outputPadWidth,
            dilationWidth),
        images.size(1),
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

  private static int out(
      String axis, int in, int kernel, int stride, int pad, int outputPad, int dilation) {
    WindowSizes.checkSettings(OPERATION, axis, kernel, stride, pad, dilation);
    if (outputPad < 0 || outputPad >= stride) {
      throw new IllegalArgumentException(
          OPERATION
              + ": the output padding must be at least 0 and less than the stride, but "
              + axis
              + " has output padding "
              + outputPad
              + " and stride "
              + stride);
    }
    long out = (in - 1L) * stride - 2L * pad + dilation * (kernel - 1L) + outputPad + 1;
    if (out < 1) {
      throw new IllegalArgumentException(
          OPERATION
              + ": an input of "
              + axis
              + " "
              + in
              + " with a kernel of "
              + kernel
              + ", stride "
              + stride
              + " and padding "
              + pad
              + " would give an output of "
              + axis
              + " "
              + out
              + "; use less padding");
    }
    return Math.toIntExact(out);
  }
}
