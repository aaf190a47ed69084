package org.oncilla.tensor;

import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.WindowSizes;

/**
 * How a one-dimensional convolution slides.
 *
 * @param stride elements from one window to the next
 * @param padding zeros before and after a sequence
 * @param dilation distance of kernel taps
 * @param groups number of channel groups
 */
public record Conv1dOptions(int stride, int padding, int dilation, int groups) {
  /** Stride 1, no padding, no dilation, one group. */
  public static final Conv1dOptions DEFAULT = new Conv1dOptions(1, 0, 1, 1);

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if stride, dilation or groups are below 1 or padding below 0
   */
  public Conv1dOptions {
    WindowSizes.checkSlide("conv1d", "length", stride, padding, dilation);
    WindowSizes.checkGroups("conv1d", groups);
  }

  /** The same with another stride. */
  public Conv1dOptions stride(int elements) {
    return new Conv1dOptions(elements, padding, dilation, groups);
  }

  /** The same with another padding on both sides. */
  public Conv1dOptions padding(int zeros) {
    return new Conv1dOptions(stride, zeros, dilation, groups);
  }

  /** The same with another dilation. */
  public Conv1dOptions dilation(int distance) {
    return new Conv1dOptions(stride, padding, distance, groups);
  }

  /** The same with another number of groups. */
  public Conv1dOptions groups(int count) {
    return new Conv1dOptions(stride, padding, dilation, count);
  }

  /**
   * The sizes of a convolution that slides so, as one of images with one row.
   *
   * @param sequences shape [N, C, L]
   * @param outChannels number of kernels
   * @param kernel taps of a kernel
   * @throws IllegalArgumentException naming the sizes that do not fit
   */
  public ConvolutionShape convolution(Shape sequences, int outChannels, int kernel) {
    WindowSizes.check("conv1d", "length", sequences.size(2), kernel, stride, padding, dilation);
    WindowSizes.checkGroups("conv1d", groups, sequences.size(1), outChannels);
    return new ConvolutionShape(
        sequences.size(0),
        sequences.size(1),
        1,
        sequences.size(2),
        outChannels,
        1,
        kernel,
        1,
        stride,
        0,
        padding,
        1,
        dilation,
        groups);
  }
}
