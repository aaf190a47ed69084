package org.oncilla.cpu;

import java.util.Arrays;

/**
 * Images rearranged so that every tap of a convolution reads consecutive elements: bordered with
 * zeros, and split by the remainders of row and column under the stride, so that neighbours in the
 * output are neighbours in memory for any stride.
 *
 * <p>One image is [channels][row remainder][column remainder][rows][columns]. Output position (p,
 * q) is t = p·columns + q, and a tap reads element t + (its offset). The positions t with q beyond
 * the output's width compute values that nobody needs.
 */
final class TapLayout {
  private final int channels;
  private final Axis vertical;
  private final Axis horizontal;

  /**
   * One axis of the images.
   *
   * @param size elements of the image along it
   * @param stride distance of neighbouring outputs
   * @param pad zeros before the first element; negative to leave out elements
   * @param count elements of a plane along it
   * @param remainders the remainders under the stride that taps have, ascending
   */
  record Axis(int size, int stride, int pad, int count, int[] remainders) {
    /** An axis of a convolution's input. */
    static Axis of(int size, int kernel, int stride, int pad, int dilation, int out) {
      int[] remainders = remaindersOf(kernel, stride, dilation);
      return new Axis(size, stride, pad, out + (kernel - 1) * dilation / stride, remainders);
    }

    /** The remainders of the taps' positions, ascending. */
    static int[] remaindersOf(int kernel, int stride, int dilation) {
      boolean[] used = new boolean[stride];
      for (int i = 0; i < kernel; i++) {
        used[i * dilation % stride] = true;
      }
      int[] remainders = new int[stride];
      int count = 0;
      for (int a = 0; a < stride; a++) {
        if (used[a]) {
          remainders[count++] = a;
        }
      }
      return Arrays.copyOf(remainders, count);
    }

    /** Which of the kept remainders a tap has. */
    int remainderIndex(int position) {
      return Arrays.binarySearch(remainders, position % stride);
    }
  }

  TapLayout(int channels, Axis vertical, Axis horizontal) {
    this.channels = channels;
    this.vertical = vertical;
    this.horizontal = horizontal;
  }

  /** Elements from one row of a plane to the next. */
  int rowStride() {
    return horizontal.count();
  }

  /** Elements of one channel. */
  int channelLength() {
    return vertical.remainders().length
        * horizontal.remainders().length
        * vertical.count()
        * horizontal.count();
  }

  /** Elements of one rearranged image. */
  int imageLength() {
    return channels * channelLength();
  }

  /** Elements of one image as it comes. */
  int sourceLength() {
    return channels * vertical.size() * horizontal.size();
  }

  /** Where the tap at a vertical and horizontal distance from the output position reads. */
  int tap(int channel, int vertically, int horizontally) {
    int planes =
        vertical.remainderIndex(vertically) * horizontal.remainders().length
            + horizontal.remainderIndex(horizontally);
    return channel * channelLength()
        + planes * vertical.count() * horizontal.count()
        + vertically / vertical.stride() * horizontal.count()
        + horizontally / horizontal.stride();
  }

  /** Rearranges one image. */
  void fill(float[] from, int fromOffset, float[] to, int toOffset) {
    int target = toOffset;
    int plane = vertical.size() * horizontal.size();
    for (int channel = 0; channel < channels; channel++) {
      int source = fromOffset + channel * plane;
      for (int a : vertical.remainders()) {
        for (int b : horizontal.remainders()) {
          fillPlane(from, source, a, b, to, target);
          target += vertical.count() * horizontal.count();
        }
      }
    }
  }

  private void fillPlane(float[] from, int source, int a, int b, float[] to, int target) {
    int columns = horizontal.count();
    int stride = horizontal.stride();
    int shift = b - horizontal.pad();
    // The columns q with 0 ≤ q·stride + shift < size.
    int first = shift >= 0 ? 0 : Math.min(columns, (-shift + stride - 1) / stride);
    int end = Math.max(first, Math.min(columns, (horizontal.size() - shift + stride - 1) / stride));
    for (int r = 0; r < vertical.count(); r++) {
      int row = r * vertical.stride() + a - vertical.pad();
      int at = target + r * columns;
      if (row < 0 || row >= vertical.size()) {
        Arrays.fill(to, at, at + columns, 0f);
        continue;
      }
      Arrays.fill(to, at, at + first, 0f);
      Arrays.fill(to, at + end, at + columns, 0f);
      int start = source + row * horizontal.size() + shift;
      if (stride == 1) {
        System.arraycopy(from, start + first, to, at + first, end - first);
      } else {
        for (int q = first; q < end; q++) {
          to[at + q] = from[start + q * stride];
        }
      }
    }
  }
}
