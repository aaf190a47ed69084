package org.oncilla.nn;

import org.oncilla.tensor.Pool1dOptions;
import org.oncilla.tensor.Tensor;

/**
 * The mean of each window of sequences [N, C, L]. Padded zeros count, unless the options say not.
 */
public final class AvgPool1d extends Pool1d {
  /**
   * Windows side by side.
   *
   * @param kernelSize elements of a window, and the stride
   */
  public AvgPool1d(int kernelSize) {
    this(kernelSize, kernelSize, 0);
  }

  /**
   * Windows with a stride and padding of their own.
   *
   * @param kernelSize elements of a window
   * @param stride elements from one window to the next
   * @param padding elements added before and after, at most half a window
   */
  public AvgPool1d(int kernelSize, int stride, int padding) {
    this(Pool1dOptions.of(kernelSize).stride(stride).padding(padding));
  }

  /**
   * Windows of any kind.
   *
   * @param options sizes and stride of the windows; {@code countPadding(false)} leaves padded zeros
   *     out
   */
  public AvgPool1d(Pool1dOptions options) {
    super(options);
  }

  @Override
  public Tensor forward(Tensor input) {
    return input.avgPool1d(options());
  }

  static AvgPool1d create(ModuleConfig config) {
    return new AvgPool1d(options(config));
  }
}
