package org.oncilla.backend;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The arithmetic of sliding windows, shared by convolution and pooling. */
public final class WindowSizes {
  private WindowSizes() {}

  /**
   * How many windows fit along an axis: ⌊(in + 2·pad − dilation·(kernel − 1) − 1) / stride⌋ + 1.
   *
   * @param in size of the axis
   * @param kernel taps of the window
   * @param stride from one window to the next
   * @param pad elements added on each side
   * @param dilation distance of the taps
   */
  public static int out(int in, int kernel, int stride, int pad, int dilation) {
    long reach = in + 2L * pad - (long) dilation * (kernel - 1) - 1;
    return Math.toIntExact(reach / stride + 1);
  }

  /**
   * Checks that windows make sense and fit at least once.
   *
   * @param operation for the message, such as conv2d
   * @param axis for the message, such as height
   * @throws IllegalArgumentException naming the sizes that do not fit
   */
  public static void check(
      String operation, String axis, int in, int kernel, int stride, int pad, int dilation) {
    checkSettings(operation, axis, kernel, stride, pad, dilation);
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

  /**
   * Checks what a window is described by, without an input.
   *
   * @throws IllegalArgumentException naming the setting that makes no sense
   */
  public static void checkSettings(
      String operation, String axis, int kernel, int stride, int pad, int dilation) {
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
  }

  /**
   * Checks how windows slide, before their size is known.
   *
   * @throws IllegalArgumentException naming the setting that makes no sense
   */
  public static void checkSlide(String operation, String axis, int stride, int pad, int dilation) {
    if (stride < 1 || pad < 0 || dilation < 1) {
      throw new IllegalArgumentException(
          operation
              + ": stride and dilation must be at least 1 and padding at least 0, but "
              + axis
              + " has stride "
              + stride
              + ", padding "
              + pad
              + ", dilation "
              + dilation);
    }
  }

  /**
   * Checks a number of groups, before the channels are known.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public static void checkGroups(String operation, int groups) {
    if (groups < 1) {
      throw new IllegalArgumentException(
          operation + ": groups must be at least 1, 1 for none, not " + groups);
    }
  }

  /**
   * Checks that no window lies in padding alone.
   *
   * @throws IllegalArgumentException if the padding is more than half of a window
   */
  public static void checkPooled(String operation, int[] kernel, int[] pad) {
    for (int axis = 0; axis < kernel.length; axis++) {
      if (2L * pad[axis] > kernel[axis]) {
        throw new IllegalArgumentException(
            operation
                + ": padding "
                + joined(pad)
                + " is more than half of the window "
                + joined(kernel)
                + ", so some windows would hold nothing");
      }
    }
  }

  private static String joined(int[] sizes) {
    return Arrays.stream(sizes).mapToObj(Integer::toString).collect(Collectors.joining("x"));
  }

  /**
   * Checks that a convolution's groups divide its channels.
   *
   * @throws IllegalArgumentException naming the groups and channels
   */
  public static void checkGroups(String operation, int groups, int inChannels, int outChannels) {
    if (groups < 1 || inChannels % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          operation
              + ": groups "
              + groups
              + " must divide the "
              + inChannels
              + " input channels and the "
              + outChannels
              + " output channels");
    }
  }
}
