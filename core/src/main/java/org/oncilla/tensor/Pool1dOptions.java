package org.oncilla.tensor;

import org.oncilla.backend.PoolingShape;
import org.oncilla.backend.WindowSizes;

/**
 * The windows of a one-dimensional pooling.
 *
 * @param kernel elements of a window
 * @param stride elements from one window to the next
 * @param padding elements before and after a sequence, at most half a window
 * @param countPadding whether an average counts padded zeros
 */
public record Pool1dOptions(int kernel, int stride, int padding, boolean countPadding) {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if kernel or stride are below 1 or the padding below 0
   */
  public Pool1dOptions {
    WindowSizes.checkSettings("pool1d", "length", kernel, stride, padding, 1);
  }

  /** Windows side by side, without padding. */
  public static Pool1dOptions of(int kernel) {
    return new Pool1dOptions(kernel, kernel, 0, true);
  }

  /** The same with another stride. */
  public Pool1dOptions stride(int elements) {
    return new Pool1dOptions(kernel, elements, padding, countPadding);
  }

  /** The same with padding on both sides. */
  public Pool1dOptions padding(int elements) {
    return new Pool1dOptions(kernel, stride, elements, countPadding);
  }

  /** The same, counting padded zeros in averages or not. */
  public Pool1dOptions countPadding(boolean count) {
    return new Pool1dOptions(kernel, stride, padding, count);
  }

  /**
   * The sizes of a pooling with these windows, as one of images with one row.
   *
   * @param sequences shape [N, C, L]
   * @throws IllegalArgumentException naming the sizes that do not fit
   */
  public PoolingShape pooling(Shape sequences) {
    WindowSizes.check("pool1d", "length", sequences.size(2), kernel, stride, padding, 1);
    WindowSizes.checkPooled("pool1d", new int[] {kernel}, new int[] {padding});
    return new PoolingShape(
        sequences.size(0),
        sequences.size(1),
        1,
        sequences.size(2),
        1,
        kernel,
        1,
        stride,
        0,
        padding);
  }
}
