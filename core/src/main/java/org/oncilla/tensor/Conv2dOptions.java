package org.oncilla.tensor;

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

  /** The same with another stride in both directions. */
  public Conv2dOptions stride(int stride) {
    return new Conv2dOptions(
        stride, stride, padHeight, padWidth, dilationHeight, dilationWidth, groups);
  }

  /** The same with another padding on all sides. */
  public Conv2dOptions padding(int padding) {
    return new Conv2dOptions(
        strideHeight, strideWidth, padding, padding, dilationHeight, dilationWidth, groups);
  }

  /** The same with another dilation in both directions. */
  public Conv2dOptions dilation(int dilation) {
    return new Conv2dOptions(
        strideHeight, strideWidth, padHeight, padWidth, dilation, dilation, groups);
  }

  /** The same with another number of groups. */
  public Conv2dOptions groups(int count) {
    return new Conv2dOptions(
        strideHeight, strideWidth, padHeight, padWidth, dilationHeight, dilationWidth, count);
  }
}
