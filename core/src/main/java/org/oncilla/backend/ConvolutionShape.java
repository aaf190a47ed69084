package org.oncilla.backend;

/**
 * The sizes of a two-dimensional convolution (cross-correlation, as in every deep-learning library)
 * of NCHW images with OIHW weights.
 *
 * <p>Weights have shape [outChannels, inChannels/groups, kernelHeight, kernelWidth]; group g maps
 * the g-th block of input channels to the g-th block of output channels. Output sizes are
 *
 * <pre>⌊(in + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1</pre>
 *
 * @param batch images N
 * @param inChannels channels C of the input
 * @param inHeight rows H of the input
 * @param inWidth columns W of the input
 * @param outChannels channels O of the output
 * @param kernelHeight rows of the kernel
 * @param kernelWidth columns of the kernel
 * @param strideHeight vertical stride
 * @param strideWidth horizontal stride
 * @param padHeight rows of zeros above and below
 * @param padWidth columns of zeros left and right
 * @param dilationHeight vertical distance of kernel taps
 * @param dilationWidth horizontal distance of kernel taps
 * @param groups number of channel groups; divides inChannels and outChannels
 */
public record ConvolutionShape(
    int batch,
    int inChannels,
    int inHeight,
    int inWidth,
    int outChannels,
    int kernelHeight,
    int kernelWidth,
    int strideHeight,
    int strideWidth,
    int padHeight,
    int padWidth,
    int dilationHeight,
    int dilationWidth,
    int groups) {

  /**
   * Checks that the sizes are positive, that groups divide the channels and that the kernel fits.
   *
   * @throws IllegalArgumentException naming the sizes that do not fit
   */
  public ConvolutionShape {
    if (batch < 1 || inChannels < 1 || inHeight < 1 || inWidth < 1 || outChannels < 1) {
      throw new IllegalArgumentException(
          "conv2d: sizes must be positive, but the input is "
              + batch
              + "x"
              + inChannels
              + "x"
              + inHeight
              + "x"
              + inWidth
              + " with "
              + outChannels
              + " output channels");
    }
    WindowSizes.check(
        "conv2d", "height", inHeight, kernelHeight, strideHeight, padHeight, dilationHeight);
    WindowSizes.check(
        "conv2d", "width", inWidth, kernelWidth, strideWidth, padWidth, dilationWidth);
    WindowSizes.checkGroups("conv2d", groups, inChannels, outChannels);
  }

  /** Rows of the output. */
  public int outHeight() {
    return WindowSizes.out(inHeight, kernelHeight, strideHeight, padHeight, dilationHeight);
  }

  /** Columns of the output. */
  public int outWidth() {
    return WindowSizes.out(inWidth, kernelWidth, strideWidth, padWidth, dilationWidth);
  }

  /** Input channels that one output channel sees. */
  public int groupInChannels() {
    return inChannels / groups;
  }

  /** Output channels of one group. */
  public int groupOutChannels() {
    return outChannels / groups;
  }

  /**
   * Whether the kernel covers its whole input, without padding and groups: each image then has one
   * window, and the convolution is the product of the images [N, C·H·W] with the transposed weights
   * [O, C·H·W].
   */
  public boolean isMatrixProduct() {
    return groups == 1
        && kernelHeight == inHeight
        && kernelWidth == inWidth
        && padHeight == 0
        && padWidth == 0;
  }

  /** Number of input elements, N·C·H·W. */
  public int inputLength() {
    return Math.multiplyExact(Math.multiplyExact(batch, inChannels), inHeight * inWidth);
  }

  /** Number of output elements, N·O·outHeight·outWidth. */
  public int outputLength() {
    return Math.multiplyExact(Math.multiplyExact(batch, outChannels), outHeight() * outWidth());
  }

  /** Number of weights. */
  public int weightLength() {
    return Math.multiplyExact(outChannels * groupInChannels(), kernelHeight * kernelWidth);
  }
}
