package org.oncilla.tensor;

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

  /** Square windows side by side, without padding. */
  public static Pool2dOptions of(int kernel) {
    return new Pool2dOptions(kernel, kernel, kernel, kernel, 0, 0, true);
  }

  /** The same with another stride in both directions. */
  public Pool2dOptions stride(int stride) {
    return new Pool2dOptions(
        kernelHeight, kernelWidth, stride, stride, padHeight, padWidth, countPadding);
  }

  /** The same with padding on all sides. */
  public Pool2dOptions padding(int padding) {
    return new Pool2dOptions(
        kernelHeight, kernelWidth, strideHeight, strideWidth, padding, padding, countPadding);
  }

  /** The same, counting padded zeros in averages or not. */
  public Pool2dOptions countPadding(boolean count) {
    return new Pool2dOptions(
        kernelHeight, kernelWidth, strideHeight, strideWidth, padHeight, padWidth, count);
  }
}
