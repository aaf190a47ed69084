package org.oncilla.backend;

/** The arithmetic of sliding windows, shared by convolution and pooling. */
final class WindowSizes {
  private WindowSizes() {}

  static int out(int in, int kernel, int stride, int pad, int dilation) {
    long reach = in + 2L * pad - (long) dilation * (kernel - 1) - 1;
    return Math.toIntExact(reach / stride + 1);
  }

  static void check(
      String operation, String axis, int in, int kernel, int stride, int pad, int dilation) {
    if (kernel < 1 || stride < 1 || pad < 0 || dilation < 1) {
      throw new IllegalArgumentException(
          operation
              + ": kernel, stride and dilation must be at least 1 and padding at least 0, but "
              + axis
              + " has kernel "
              + kernel
              + ", stride "
              + stride
              + ", padding "
              + pad
              + ", dilation "
              + dilation);
    }
    long extent = (long) dilation * (kernel - 1) + 1;
    long padded = in + 2L * pad;
    if (extent > padded) {
      throw new IllegalArgumentException(
          operation
              + ": a kernel of "
              + axis
              + " "
              + extent
              + (dilation > 1 ? " (" + kernel + " dilated by " + dilation + ")" : "")
              + " does not fit the padded input of "
              + axis
              + " "
              + padded
              + " ("
              + in
              + " + 2*"
              + pad
              + "); use a smaller kernel or more padding");
    }
  }
}
