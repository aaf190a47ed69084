package org.oncilla.benchmarks.workload;

/**
 * A convolution with bias, forward, or forward and backward to images, kernels and bias.
 *
 * @param backward whether the gradients belong to it
 * @param batch number of images
 * @param channels of an image
 * @param size rows and columns of an image
 * @param filters number of kernels
 * @param kernel rows and columns of a kernel
 * @param stride rows and columns from one position to the next
 * @param padding rows and columns of zeros on each side
 */
public record ConvolutionWorkload(
    boolean backward,
    int batch,
    int channels,
    int size,
    int filters,
    int kernel,
    int stride,
    int padding)
    implements Workload {
  /** Rows and columns of the output. */
  public int outputSize() {
    return (size + 2 * padding - kernel) / stride + 1;
  }

  @Override
  public String name() {
    String sizes = batch + "B_" + channels + "x" + size + "_" + filters + "_k" + kernel;
    return (backward ? "conv_fwdbwd/" : "conv_fwd/") + sizes + "_s" + stride + "_p" + padding;
  }

  /** Of the direct algorithm; backward costs two more products of the same size. */
  @Override
  public double flops() {
    double products = (double) batch * filters * outputSize() * outputSize();
    return (backward ? 3 : 1) * 2 * products * channels * kernel * kernel;
  }
}
