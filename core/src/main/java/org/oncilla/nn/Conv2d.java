package org.oncilla.nn;

import java.util.Map;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Conv2dOptions;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * A two-dimensional convolution of images [N, C, H, W]. The weight has shape [out, C/groups,
 * kernelHeight, kernelWidth] and starts by Glorot's uniform draw, the bias at zero.
 */
public final class Conv2d extends WeightedLayer<Conv2d> {
  private static final String SAME = "same";

  private final int outChannels;
  private final int kernelHeight;
  private final int kernelWidth;
  private Conv2dOptions options = Conv2dOptions.DEFAULT;
  private boolean same;

  /**
   * A convolution by square kernels, of stride 1, without padding; the number of input channels is
   * inferred.
   *
   * @param outChannels number of kernels
   * @param kernelSize rows and columns of a kernel
   */
  public Conv2d(int outChannels, int kernelSize) {
    this(outChannels, kernelSize, kernelSize);
  }

  /**
   * A convolution of stride 1 without padding; the number of input channels is inferred.
   *
   * @param outChannels number of kernels
   * @param kernelHeight rows of a kernel
   * @param kernelWidth columns of a kernel
   */
  public Conv2d(int outChannels, int kernelHeight, int kernelWidth) {
    requireSizes("Conv2d", outChannels, kernelHeight, kernelWidth);
    this.outChannels = outChannels;
    this.kernelHeight = kernelHeight;
    this.kernelWidth = kernelWidth;
  }

  /**
   * A depthwise convolution: each channel has kernels of its own and is not mixed with others, so
   * there are as many groups as channels.
   *
   * @param channels of the input
   * @param multiplier number of kernels for each channel; the output has channels·multiplier
   * @param kernelSize rows and columns of a kernel
   */
  public static Conv2d depthwise(int channels, int multiplier, int kernelSize) {
    return new Conv2d(Math.multiplyExact(channels, multiplier), kernelSize).groups(channels);
  }

  /** Moves the kernel by several rows and columns. Before the model is initialized. */
  public Conv2d stride(int stride) {
    return stride(stride, stride);
  }

  /** Moves the kernel by several rows and columns. Before the model is initialized. */
  public Conv2d stride(int height, int width) {
    requireUninitialized("stride");
    options = options.stride(height, width);
    return this;
  }

  /**
   * Surrounds images with zeros. Takes the place of {@link #samePadding}, where that was called
   * before. Before the model is initialized.
   */
  public Conv2d padding(int padding) {
    return padding(padding, padding);
  }

  /**
   * Adds zeros above and below, left and right. Takes the place of {@link #samePadding}, where that
   * was called before. Before the model is initialized.
   */
  public Conv2d padding(int height, int width) {
    requireUninitialized("padding");
    options = options.padding(height, width);
    same = false;
    return this;
  }

  /**
   * Adds as many zeros as keep the number of rows and columns, for a stride of 1: dilation·(kernel
   * − 1) along each axis, half of them on each side, and the odd one of an even kernel below and at
   * the right, as in PyTorch. Takes the place of {@link #padding}, where that was called before.
   * Before the model is initialized.
   */
  public Conv2d samePadding() {
    requireUninitialized("samePadding");
    options = options.padding(0);
    same = true;
    return this;
  }

  /** Spreads the taps of the kernel. Before the model is initialized. */
  public Conv2d dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  /** Spreads the taps of the kernel. Before the model is initialized. */
  public Conv2d dilation(int height, int width) {
    requireUninitialized("dilation");
    options = options.dilation(height, width);
    return this;
  }

  /** Splits the channels into groups that do not see each other. Before initialization. */
  public Conv2d groups(int groups) {
    requireUninitialized("groups");
    options = options.groups(groups);
    return this;
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    Samples.requireImages(type(), input);
    if (same && (options.strideHeight() != 1 || options.strideWidth() != 1)) {
      throw new IllegalArgumentException(
          "Conv2d: samePadding keeps rows and columns for a stride of 1, but the stride is "
              + options.strideHeight()
              + "x"
              + options.strideWidth()
              + "; tell the zeros by padding(height, width)");
    }
    Shape padded =
        Shape.of(1, input.size(0), input.size(1) + oddHeight(), input.size(2) + oddWidth());
    ConvolutionShape shape = evenly().convolution(padded, outChannels, kernelHeight, kernelWidth);
    declare(
        context,
        Shape.of(outChannels, shape.groupInChannels(), kernelHeight, kernelWidth),
        outChannels);
    return Shape.of(outChannels, shape.outHeight(), shape.outWidth());
  }

  @Override
  Tensor compute(Tensor input, UnaryOp activation) {
    if (oddHeight() + oddWidth() == 0) {
      return input.conv2d(weightValue(), biasValue(), evenly(), activation);
    }
    try (Tensor padded = input.pad(0, oddWidth(), 0, oddHeight())) {
      return padded.conv2d(weightValue(), biasValue(), evenly(), activation);
    }
  }

  /** The options with the zeros that both sides get. */
  private Conv2dOptions evenly() {
    return same ? options.padding(extraHeight() / 2, extraWidth() / 2) : options;
  }

  private int oddHeight() {
    return same ? extraHeight() % 2 : 0;
  }

  private int oddWidth() {
    return same ? extraWidth() % 2 : 0;
  }

  private int extraHeight() {
    return options.dilationHeight() * (kernelHeight - 1);
  }

  private int extraWidth() {
    return options.dilationWidth() * (kernelWidth - 1);
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(
        type(),
        Map.of(
            "outChannels", outChannels,
            "kernelSize", ModuleConfig.pair(kernelHeight, kernelWidth),
            "stride", ModuleConfig.pair(options.strideHeight(), options.strideWidth()),
            "padding", same ? SAME : ModuleConfig.pair(options.padHeight(), options.padWidth()),
            "dilation", ModuleConfig.pair(options.dilationHeight(), options.dilationWidth()),
            "groups", options.groups(),
            "bias", hasBias()));
  }

  static Conv2d create(ModuleConfig config) {
    int[] kernel = config.pair("kernelSize");
    int[] stride = config.pair("stride");
    int[] dilation = config.pair("dilation");
    Conv2d layer =
        new Conv2d(config.integer("outChannels"), kernel[0], kernel[1])
            .stride(stride[0], stride[1])
            .dilation(dilation[0], dilation[1])
            .groups(config.integer("groups"))
            .bias(config.flag("bias"));
    if (SAME.equals(config.arguments().get("padding"))) {
      return layer.samePadding();
    }
    int[] padding = config.pair("padding");
    return layer.padding(padding[0], padding[1]);
  }
}
