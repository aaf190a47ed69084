package org.oncilla.nn;

import java.util.Map;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Conv2dOptions;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * A two-dimensional convolution of images [N, C, H, W] by square kernels. The weight has shape
 * [out, C/groups, kernel, kernel] and starts by Glorot's uniform draw, the bias at zero.
 */
public final class Conv2d extends Module implements FusedLayer {
  private final int outChannels;
  private final int kernelSize;
  private Conv2dOptions options = Conv2dOptions.DEFAULT;
  private boolean hasBias = true;
  private Initializer weightInitializer = Initializers.glorotUniform();
  private Parameter weight;
  private Parameter bias;

  /**
   * A convolution of stride 1 without padding; the number of input channels is inferred.
   *
   * @param outChannels number of kernels
   * @param kernelSize rows and columns of a kernel
   */
  public Conv2d(int outChannels, int kernelSize) {
    if (outChannels < 1 || kernelSize < 1) {
      throw new IllegalArgumentException(
          "Conv2d: needs at least 1 output channel and a kernel of at least 1, not "
              + outChannels
              + " and "
              + kernelSize);
    }
    this.outChannels = outChannels;
    this.kernelSize = kernelSize;
  }

  /** Moves the kernel by several rows and columns. Before the model is initialized. */
  public Conv2d stride(int stride) {
    options = options.stride(stride);
    return this;
  }

  /** Surrounds images with zeros. Before the model is initialized. */
  public Conv2d padding(int padding) {
    options = options.padding(padding);
    return this;
  }

  /** Spreads the taps of the kernel. Before the model is initialized. */
  public Conv2d dilation(int dilation) {
    options = options.dilation(dilation);
    return this;
  }

  /** Splits the channels into groups that do not see each other. Before initialization. */
  public Conv2d groups(int groups) {
    options = options.groups(groups);
    return this;
  }

  /** Leaves the bias out, or not. Before the model is initialized. */
  public Conv2d bias(boolean present) {
    hasBias = present;
    return this;
  }

  /** Draws the weight in another way. Before the model is initialized. */
  public Conv2d weightInitializer(Initializer initializer) {
    weightInitializer = initializer;
    return this;
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    if (input.rank() != 3) {
      throw new IllegalArgumentException("Conv2d needs images, [C, H, W], but gets " + input);
    }
    ConvolutionShape shape =
        new ConvolutionShape(
            1,
            input.size(0),
            input.size(1),
            input.size(2),
            outChannels,
            kernelSize,
            kernelSize,
            options.strideHeight(),
            options.strideWidth(),
            options.padHeight(),
            options.padWidth(),
            options.dilationHeight(),
            options.dilationWidth(),
            options.groups());
    weight =
        context.parameter(
            "weight",
            Shape.of(outChannels, shape.groupInChannels(), kernelSize, kernelSize),
            weightInitializer);
    bias = hasBias ? context.parameter("bias", Shape.of(outChannels), Initializers.zeros()) : null;
    return Shape.of(outChannels, shape.outHeight(), shape.outWidth());
  }

  @Override
  public Tensor forward(Tensor input) {
    return forward(input, UnaryOp.IDENTITY);
  }

  @Override
  public Tensor forward(Tensor input, UnaryOp activation) {
    return input.conv2d(valueOf(weight), hasBias ? valueOf(bias) : null, options, activation);
  }

  /** The weight [out, C/groups, kernel, kernel]. */
  public Parameter weight() {
    return weight;
  }

  /** The bias [out]; null without one. */
  public Parameter bias() {
    return bias;
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(
        type(),
        Map.of(
            "outChannels", outChannels,
            "kernelSize", kernelSize,
            "stride", options.strideHeight(),
            "padding", options.padHeight(),
            "dilation", options.dilationHeight(),
            "groups", options.groups(),
            "bias", hasBias));
  }

  static Conv2d create(ModuleConfig config) {
    return new Conv2d(config.integer("outChannels"), config.integer("kernelSize"))
        .stride(config.integer("stride"))
        .padding(config.integer("padding"))
        .dilation(config.integer("dilation"))
        .groups(config.integer("groups"))
        .bias(config.flag("bias"));
  }
}
