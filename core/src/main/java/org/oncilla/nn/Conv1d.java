package org.oncilla.nn;

import java.util.Map;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Conv1dOptions;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * A one-dimensional convolution of sequences [N, C, L]. The weight has shape [out, C/groups,
 * kernel] and starts by Glorot's uniform draw, the bias at zero.
 */
public final class Conv1d extends WeightedLayer<Conv1d> {
  private static final String SAME = "same";

  private final int outChannels;
  private final int kernelSize;
  private Conv1dOptions options = Conv1dOptions.DEFAULT;
  private boolean same;

  /**
   * A convolution of stride 1 without padding; the number of input channels is inferred.
   *
   * @param outChannels number of kernels
   * @param kernelSize taps of a kernel
   */
  public Conv1d(int outChannels, int kernelSize) {
    requireSizes("Conv1d", outChannels, kernelSize);
    this.outChannels = outChannels;
    this.kernelSize = kernelSize;
  }

  /** Moves the kernel by several elements. Before the model is initialized. */
  public Conv1d stride(int stride) {
    requireUninitialized("stride");
    options = options.stride(stride);
    return this;
  }

  /**
   * Adds zeros before and after. Takes the place of {@link #samePadding}, where that was called
   * before. Before the model is initialized.
   */
  public Conv1d padding(int padding) {
    requireUninitialized("padding");
    options = options.padding(padding);
    same = false;
    return this;
  }

  /**
   * Adds as many zeros as keep the length, for a stride of 1: dilation·(kernel − 1), half of them
   * on each side, and the odd one of an even kernel after, as in PyTorch. Takes the place of {@link
   * #padding}, where that was called before. Before the model is initialized.
   */
  public Conv1d samePadding() {
    requireUninitialized("samePadding");
    options = options.padding(0);
    same = true;
    return this;
  }

  /** Spreads the taps of the kernel. Before the model is initialized. */
  public Conv1d dilation(int dilation) {
    requireUninitialized("dilation");
    options = options.dilation(dilation);
    return this;
  }

  /** Splits the channels into groups that do not see each other. Before initialization. */
  public Conv1d groups(int groups) {
    requireUninitialized("groups");
    options = options.groups(groups);
    return this;
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    Samples.requireSequences(type(), input);
    if (same && options.stride() != 1) {
      throw new IllegalArgumentException(
          "Conv1d: samePadding keeps the length for a stride of 1, but the stride is "
              + options.stride()
              + "; tell the zeros by padding(elements)");
    }
    Shape padded = Shape.of(1, input.size(0), input.size(1) + odd());
    ConvolutionShape shape = evenly().convolution(padded, outChannels, kernelSize);
    declare(context, Shape.of(outChannels, shape.groupInChannels(), kernelSize), outChannels);
    return Shape.of(outChannels, shape.outWidth());
  }

  @Override
  Tensor compute(Tensor input, UnaryOp activation) {
    if (odd() == 0) {
      return input.conv1d(weightValue(), biasValue(), evenly(), activation);
    }
    try (Tensor padded = input.pad(0, odd())) {
      return padded.conv1d(weightValue(), biasValue(), evenly(), activation);
    }
  }

  /** The options with the zeros that both sides get. */
  private Conv1dOptions evenly() {
    return same ? options.padding(extra() / 2) : options;
  }

  private int odd() {
    return same ? extra() % 2 : 0;
  }

  private int extra() {
    return options.dilation() * (kernelSize - 1);
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(
        type(),
        Map.of(
            "outChannels", outChannels,
            "kernelSize", kernelSize,
            "stride", options.stride(),
            "padding", same ? SAME : (Object) options.padding(),
            "dilation", options.dilation(),
            "groups", options.groups(),
            "bias", hasBias()));
  }

  static Conv1d create(ModuleConfig config) {
    Conv1d layer =
        new Conv1d(config.integer("outChannels"), config.integer("kernelSize"))
            .stride(config.integer("stride"))
            .dilation(config.integer("dilation"))
            .groups(config.integer("groups"))
            .bias(config.flag("bias"));
    return SAME.equals(config.arguments().get("padding"))
        ? layer.samePadding()
        : layer.padding(config.integer("padding"));
  }
}
