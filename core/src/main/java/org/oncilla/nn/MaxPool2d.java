package org.oncilla.nn;

import org.oncilla.tensor.Pool2dOptions;
import org.oncilla.tensor.Tensor;

/** The largest element of each window of images [N, C, H, W]. */
public final class MaxPool2d extends Pool2d {
  /**
   * Windows side by side.
   *
   * @param kernelSize rows and columns of a window, and the stride
   */
  public MaxPool2d(int kernelSize) {
    this(kernelSize, kernelSize, 0);
  }

  /**
   * Windows with a stride and padding of their own.
   *
   * @param kernelSize rows and columns of a window
   * @param stride rows and columns from one window to the next
   * @param padding rows and columns added on each side, at most half a window
   */
  public MaxPool2d(int kernelSize, int stride, int padding) {
    this(Pool2dOptions.of(kernelSize).stride(stride).padding(padding));
  }

  /**
   * Windows of any kind.
   *
   * @param options such as {@code Pool2dOptions.of(3, 1).stride(2, 1)}
   */
  public MaxPool2d(Pool2dOptions options) {
    super(options);
  }

  @Override
  public Tensor forward(Tensor input) {
    return input.maxPool2d(options());
  }

  static MaxPool2d create(ModuleConfig config) {
    return new MaxPool2d(options(config));
  }
}
