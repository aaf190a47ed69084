package org.oncilla.cpu;

import java.util.Arrays;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.cpu.simd.ElementwiseOps;
import org.oncilla.cpu.simd.TileKernels;

/**
 * The gradient of a convolution's weights: each is the dot product of an output channel's gradient
 * with the input as its tap sees it, both as long rows (see {@link TapLayout}), summed over the
 * batch. Where many channels stand side by side {@link PixelWeightGradient} is faster. The batch is
 * split into shares whose number depends on the shape only; their sums are added in order.
 */
final class ConvolutionWeightGradient {
  private static final int ROWS = TileKernels.ROWS;
  private static final int COLUMNS = TileKernels.DOT_COLUMNS;

  /** Floats of rearranged images that are held at once. */
  private static final int MOST_SCRATCH = 1 << 24;

  /** Floats of images that a task works on at a time: part of a second-level cache. */
  private static final int GROUP_FLOATS = 1 << 17;

  private static final int MOST_PARTIAL_SUMS = 1 << 22;
  private static final int TASKS_WANTED = 32;
  private static final int FEWEST_IMAGES_OF_SHARE = 4;
  private static final long WORTH_SHARING = 200_000;

  private final CpuContext context;
  private final ConvolutionShape shape;
  private final TileKernels tiles;
  private final TapLayout layout;
  private final int[] taps;
  private final int panels;
  private final int rowLength;
  private final int gradientLength;
  private final int shares;

  private float[] images;
  private float[] gradients;
  private float[] sums;

  private ConvolutionWeightGradient(CpuContext context, ConvolutionShape shape) {
    this.context = context;
    this.shape = shape;
    tiles = context.simd().tiles();
    layout = ConvolutionForward.inputLayout(shape);
    taps = ConvolutionForward.taps(shape, layout);
    panels = Ceil.div(shape.groupOutChannels(), ROWS);
    int positions = (shape.outHeight() - 1) * layout.rowStride() + shape.outWidth();
    rowLength = Ceil.multiple(positions, tiles.lanes());
    gradientLength = shape.outChannels() * rowLength;
    shares = sharesOf(shape, shape.groups() * panels);
  }

  /** Shares of the batch that keep many threads busy, whatever their number is here. */
  static int sharesOf(ConvolutionShape shape, int panels) {
    int wanted = Ceil.div(TASKS_WANTED, panels);
    int sensible = Math.max(1, shape.batch() / FEWEST_IMAGES_OF_SHARE);
    int affordable = Math.max(1, MOST_PARTIAL_SUMS / shape.weightLength());
    return Math.min(wanted, Math.min(sensible, affordable));
  }

  static void run(
      CpuContext context,
      ConvolutionShape shape,
      float[] x,
      int xo,
      float[] dy,
      int dyo,
      float[] dw,
      int dwo,
      boolean accumulate) {
    if (PixelWeightGradient.suits(shape)) {
      PixelWeightGradient.run(context, shape, x, xo, dy, dyo, dw, dwo, accumulate);
    } else {
      new ConvolutionWeightGradient(context, shape).run(x, xo, dy, dyo, dw, dwo, accumulate);
    }
  }

  private void run(
      float[] x, int xo, float[] dy, int dyo, float[] dw, int dwo, boolean accumulate) {
    long perImage = (long) layout.imageLength() + gradientLength;
    int size = (int) Math.max(1, Math.min(shape.batch(), MOST_SCRATCH / perImage));
    Scratch scratch = context.scratch();
    int end = size * layout.imageLength();
    images = scratch.floats(Scratch.Slot.IMAGES, (long) end + tiles.maxColumns());
    gradients = scratch.floats(Scratch.Slot.GRADIENTS, (long) size * gradientLength);
    sums = scratch.floats(Scratch.Slot.PARTIAL_SUMS, (long) shares * shape.weightLength());
    // Read beyond the last image, times a gradient of 0: must not be NaN.
    Arrays.fill(images, end, end + tiles.maxColumns(), 0f);
    Arrays.fill(sums, 0, shares * shape.weightLength(), 0f);
    boolean share = (long) shape.batch() * gradientLength * taps.length >= WORTH_SHARING;
    for (int first = 0; first < shape.batch(); first += size) {
      int start = first;
      int count = Math.min(size, shape.batch() - first);
      context.team().run(share, count, i -> arrange(x, xo, dy, dyo, start + i, i));
      int tasks = shares * shape.groups() * panels;
      context.team().run(share, tasks, task -> sumShare(task, count));
    }
    store(dw, dwo, accumulate);
  }

  private void arrange(float[] x, int xo, float[] dy, int dyo, int image, int slot) {
    layout.fill(x, xo + image * layout.sourceLength(), images, slot * layout.imageLength());
    int height = shape.outHeight();
    int width = shape.outWidth();
    int from = dyo + image * shape.outChannels() * height * width;
    int gap = layout.rowStride() - width;
    for (int o = 0; o < shape.outChannels(); o++) {
      int to = slot * gradientLength + o * rowLength;
      int end = to + rowLength;
      for (int p = 0; p < height; p++) {
        System.arraycopy(dy, from, gradients, to, width);
        from += width;
        to += width;
        int zeros = Math.min(gap, end - to);
        Arrays.fill(gradients, to, to + zeros, 0f);
        to += zeros;
      }
      Arrays.fill(gradients, to, end, 0f);
    }
  }

  /** The sums of six output channels over one share of the images held. */
  private void sumShare(int task, int count) {
    int panel = task % panels;
    int group = task / panels % shape.groups();
    int share = task / panels / shape.groups();
    int first = (int) ((long) count * share / shares);
    int end = (int) ((long) count * (share + 1) / shares);
    int size = Math.max(1, GROUP_FLOATS / layout.imageLength());
    for (int image = first; image < end; image += size) {
      sumGroup(share, group, panel, image, Math.min(size, end - image));
    }
  }

  private void sumGroup(int share, int group, int panel, int image, int count) {
    int channel = group * shape.groupOutChannels() + panel * ROWS;
    int members = Math.min(ROWS, shape.groupOutChannels() - panel * ROWS);
    int[] rows = new int[ROWS];
    for (int r = 0; r < ROWS; r++) {
      rows[r] = image * gradientLength + (channel + Math.min(r, members - 1)) * rowLength;
    }
    int input =
        image * layout.imageLength() + group * shape.groupInChannels() * layout.channelLength();
    int[] columns = new int[COLUMNS];
    float[] tile = new float[ROWS * COLUMNS];
    for (int tap = 0; tap < taps.length; tap += COLUMNS) {
      int width = Math.min(COLUMNS, taps.length - tap);
      for (int j = 0; j < COLUMNS; j++) {
        columns[j] = input + taps[tap + Math.min(j, width - 1)];
      }
      tiles.dotTile(
          count,
          rowLength,
          gradients,
          rows,
          gradientLength,
          images,
          columns,
          layout.imageLength(),
          tile);
      int to = share * shape.weightLength() + channel * taps.length + tap;
      for (int r = 0; r < members; r++) {
        for (int j = 0; j < width; j++) {
          sums[to + r * taps.length + j] += tile[r * COLUMNS + j];
        }
      }
    }
  }

  private void store(float[] dw, int dwo, boolean accumulate) {
    ElementwiseOps ops = context.simd().elementwise();
    int length = shape.weightLength();
    context.forEachChunk(
        length,
        (from, to) -> {
          int n = to - from;
          for (int share = 1; share < shares; share++) {
            ops.binary(BinaryOp.ADD, sums, from, sums, share * length + from, sums, from, n);
          }
          if (accumulate) {
            ops.binary(BinaryOp.ADD, dw, dwo + from, sums, from, dw, dwo + from, n);
          } else {
            System.arraycopy(sums, from, dw, dwo + from, n);
          }
        });
  }
}
