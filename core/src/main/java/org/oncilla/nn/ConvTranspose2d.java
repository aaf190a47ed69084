package org.oncilla.nn;

import java.util.Map;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.ConvTranspose2dOptions;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * A two-dimensional transposed convolution of images [N, C, H, W], which enlarges by its stride
 * what a convolution of the same settings makes smaller. The weight has shape [C, out/groups,
 * kernelHeight, kernelWidth] and starts by Glorot's uniform draw, the bias at zero. Output sizes
 * are those of {@link ConvTranspose2dOptions}.
 */
public final class ConvTranspose2d extends WeightedLayer<ConvTranspose2d> {
  private final int outChannels;
  private final int kernelHeight;
  private final int kernelWidth;
  private ConvTranspose2dOptions options = ConvTranspose2dOptions.DEFAULT;

  /**
   * A transposed convolution by square kernels, of stride 1, without padding; the number of input
   * channels is inferred.
   *
   * @param outChannels channels of the output
   * @param kernelSize rows and columns of a kernel
   */
  public ConvTranspose2d(int outChannels, int kernelSize) {
    this(outChannels, kernelSize, kernelSize);
  }

  /**
   * A transposed convolution of stride 1 without padding; the number of input channels is inferred.
   *
   * @param outChannels channels of the output
   * @param kernelHeight rows of a kernel
   * @param kernelWidth columns of a kernel
   */
  public ConvTranspose2d(int outChannels, int kernelHeight, int kernelWidth) {
    requireSizes("ConvTranspose2d", outChannels, kernelHeight, kernelWidth);
    this.outChannels = outChannels;
    this.kernelHeight = kernelHeight;
    this.kernelWidth = kernelWidth;
  }

  /** Sets kernels apart by several rows and columns. Before the model is initialized. */
  public ConvTranspose2d stride(int stride) {
    return stride(stride, stride);
  }

  /** Sets kernels apart by several rows and columns. Before the model is initialized. */
  public ConvTranspose2d stride(int height, int width) {
    requireUninitialized("stride");
    options = options.stride(height, width);
    return this;
  }

  /** Cuts off rows and columns on all sides. Before the model is initialized. */
  public ConvTranspose2d padding(int padding) {
    return padding(padding, padding);
  }

  /** Cuts off rows above and below, columns left and right. Before the model is initialized. */
  public ConvTranspose2d padding(int height, int width) {
    requireUninitialized("padding");
    options = options.padding(height, width);
    return this;
  }

  /** Adds rows below and columns at the right, fewer than the stride. Before initialization. */
  public ConvTranspose2d outputPadding(int padding) {
    return outputPadding(padding, padding);
  }

  /** Adds rows below and columns at the right, fewer than the stride. Before initialization. */
  public ConvTranspose2d outputPadding(int height, int width) {
    requireUninitialized("outputPadding");
    options = options.outputPadding(height, width);
    return this;
  }

  /** Spreads the taps of the kernel. Before the model is initialized. */
  public ConvTranspose2d dilation(int dilation) {
    return dilation(dilation, dilation);
  }

  /** Spreads the taps of the kernel. Before the model is initialized. */
  public ConvTranspose2d dilation(int height, int width) {
    requireUninitialized("dilation");
    options = options.dilation(height, width);
    return this;
  }

  /** Splits the channels into groups that do not see each other. Before initialization. */
  public ConvTranspose2d groups(int groups) {
    requireUninitialized("groups");
    options = options.groups(groups);
    return this;
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    Samples.requireImages(type(), input);
    ConvolutionShape shape =
        options.convolution(input.prepend(1), outChannels, kernelHeight, kernelWidth);
    declare(
        context,
        Shape.of(input.size(0), shape.groupInChannels(), kernelHeight, kernelWidth),
        outChannels);
    return Shape.of(outChannels, shape.inHeight(), shape.inWidth());
  }

  @Override
  Tensor compute(Tensor input, UnaryOp activation) {
    return input.convTranspose2d(weightValue(), biasValue(), options, activation);
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(
        type(),
        Map.of(
            "outChannels", outChannels,
            "kernelSize", ModuleConfig.pair(kernelHeight, kernelWidth),
            "stride", ModuleConfig.pair(options.strideHeight(), options.strideWidth()),
            "padding", ModuleConfig.pair(options.padHeight(), options.padWidth()),
            "outputPadding", ModuleConfig.pair(options.outputPadHeight(), options.outputPadWidth()),
            "dilation", ModuleConfig.pair(options.dilationHeight(), options.dilationWidth()),
            "groups", options.groups(),
            "bias", hasBias()));
  }

  static ConvTranspose2d create(ModuleConfig config) {
    int[] kernel = config.pair("kernelSize");
    int[] stride = config.pair("stride");
    int[] padding = config.pair("padding");
    int[] outputPadding = config.pair("outputPadding");
    int[] dilation = config.pair("dilation");
    return new ConvTranspose2d(config.integer("outChannels"), kernel[0], kernel[1])
        .stride(stride[0], stride[1])
        .padding(padding[0], padding[1])
        .outputPadding(outputPadding[0], outputPadding[1])
        .dilation(dilation[0], dilation[1])
        .groups(config.integer("groups"))
        .bias(config.flag("bias"));
  }
}
