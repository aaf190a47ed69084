package org.oncilla.nn;

import org.oncilla.tensor.Pool1dOptions;
import org.oncilla.tensor.Tensor;

/** The largest element of each window of sequences [N, C, L]. */
public final class MaxPool1d extends Pool1d {
  /**
   * Windows side by side.
   *
   * @param kernelSize elements of a window, and the stride
   */
  public MaxPool1d(int kernelSize) {
    this(kernelSize, kernelSize, 0);
  }

  /**
   * Windows with a stride and padding of their own.
   *
   * @param kernelSize elements of a window
   * @param stride elements from one window to the next
   * @param padding elements added before and after, at most half a window
   */
  public MaxPool1d(int kernelSize, int stride, int padding) {
    this(Pool1dOptions.of(kernelSize).stride(stride).padding(padding));
  }

  /**
   * Windows of any kind.
   *
   * @param options sizes and stride of the windows
   */
  public MaxPool1d(Pool1dOptions options) {
    super(options);
  }

  @Override
  public Tensor forward(Tensor input) {
    return input.maxPool1d(options());
  }

  static MaxPool1d create(ModuleConfig config) {
    return new MaxPool1d(options(config));
  }
}
