package org.oncilla.backend;

/**
 * The sizes of a two-dimensional pooling of NCHW images. Output sizes are ⌊(in + 2·padding −
 * kernel) / stride⌋ + 1.
 *
 * @param batch images N
 * @param channels channels C
 * @param inHeight rows of the input
 * @param inWidth columns of the input
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 * @param strideHeight vertical stride
 * @param strideWidth horizontal stride
 * @param padHeight rows of padding above and below, at most half the window
 * @param padWidth columns of padding left and right, at most half the window
 */
public record PoolingShape(
    int batch,
    int channels,
    int inHeight,
    int inWidth,
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int padHeight,
    int padWidth) {

  /**
   * Checks that the sizes are positive and that the window fits.
   *
   * @throws IllegalArgumentException naming the sizes that do not fit
   */
  public PoolingShape {
    if (batch < 1 || channels < 1 || inHeight < 1 || inWidth < 1) {
      throw new IllegalArgumentException(
          "pool2d: sizes must be positive, but the input is "
              + batch
              + "x"
              + channels
              + "x"
              + inHeight
              + "x"
              + inWidth);
    }
    WindowSizes.check("pool2d", "height", inHeight, kernelHeight, strideHeight, padHeight, 1);
    WindowSizes.check("pool2d", "width", inWidth, kernelWidth, strideWidth, padWidth, 1);
    WindowSizes.checkPooled(
        "pool2d", new int[] {kernelHeight, kernelWidth}, new int[] {padHeight, padWidth});
  }

  /** Rows of the output. */
  public int outHeight() {
    return WindowSizes.out(inHeight, kernelHeight, strideHeight, padHeight, 1);
  }

  /** Columns of the output. */
  public int outWidth() {
    return WindowSizes.out(inWidth, kernelWidth, strideWidth, padWidth, 1);
  }

  /** Number of input elements. */
  public int inputLength() {
    return Math.multiplyExact(Math.multiplyExact(batch, channels), inHeight * inWidth);
  }

  /** Number of output elements. */
  public int outputLength() {
    return Math.multiplyExact(Math.multiplyExact(batch, channels), outHeight() * outWidth());
  }
}
