package org.oncilla.cpu;

import java.util.Arrays;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.cpu.simd.TileKernels;

/**
 * The gradient of a convolution's weights as a matrix product over the output positions. The input
 * is stored with its channels innermost and bordered with zeros, so that what the taps of one
 * kernel row see from a position is one stretch of memory:
 *
 * <pre>dw[o, i, (j, c)] = Σ over n, p, q of dy[n, o, p, q] · x[n, p·s + i, q·s + j, c]</pre>
 *
 * <p>The batch is split into shares whose number depends on the shape only; their sums are added in
 * order.
 */
final class PixelWeightGradient {
  private static final int ROWS = TileKernels.ROWS;

  /** Shorter stretches leave too much of a register unused. */
  private static final int SHORTEST_STRETCH = 24;

  private static final int MOST_SCRATCH = 1 << 24;
  private static final int GROUP_FLOATS = 1 << 17;
  private static final int DEPTH_WANTED = 1024;
  private static final long WORTH_SHARING = 200_000;
  private static final int PIXELS_AT_A_TIME = 16;

  private final CpuContext context;
  private final ConvolutionShape shape;
  private final TileKernels tiles;
  private final int positions;
  private final int height;
  private final int width;
  private final int imageLength;
  private final int panels;
  private final int stretches;
  private final int stretch;
  private final int paddedStretch;
  private final int rowLength;
  private final int groupSize;
  private final int[] positionRows;
  private final int shares;

  private float[] images;
  private float[] gradients;
  private float[] sums;
  private int held;

  private PixelWeightGradient(CpuContext context, ConvolutionShape shape) {
    this.context = context;
    this.shape = shape;
    tiles = context.simd().tiles();
    positions = shape.outHeight() * shape.outWidth();
    height =
        extent(
            shape.outHeight(), shape.strideHeight(), shape.kernelHeight(), shape.dilationHeight());
    width =
        extent(shape.outWidth(), shape.strideWidth(), shape.kernelWidth(), shape.dilationWidth());
    imageLength = height * width * shape.inChannels();
    panels = Ceil.div(shape.groupOutChannels(), ROWS);
    stretch = stretch(shape);
    stretches = shape.kernelWidth() * shape.groupInChannels() / stretch;
    paddedStretch = Ceil.multiple(stretch, tiles.lanes());
    rowLength = shape.kernelHeight() * stretches * paddedStretch;
    int cached = Math.max(1, GROUP_FLOATS / imageLength);
    groupSize = Math.min(cached, Ceil.div(DEPTH_WANTED, positions));
    positionRows = positionRows();
    shares = ConvolutionWeightGradient.sharesOf(shape, shape.groups() * panels);
  }

  private static int extent(int out, int stride, int kernel, int dilation) {
    return (out - 1) * stride + (kernel - 1) * dilation + 1;
  }

  /** Consecutive input elements that the taps of one kernel row read. */
  private static int stretch(ConvolutionShape shape) {
    boolean adjacent = shape.groups() == 1 && shape.dilationWidth() == 1;
    return shape.groupInChannels() * (adjacent ? shape.kernelWidth() : 1);
  }

  static boolean suits(ConvolutionShape shape) {
    return stretch(shape) >= SHORTEST_STRETCH;
  }

  /** Where the input of each output position starts, for a group of images. */
  private int[] positionRows() {
    int[] rows = new int[groupSize * positions];
    int at = 0;
    for (int image = 0; image < groupSize; image++) {
      for (int p = 0; p < shape.outHeight(); p++) {
        for (int q = 0; q < shape.outWidth(); q++) {
          int pixel = p * shape.strideHeight() * width + q * shape.strideWidth();
          rows[at++] = image * imageLength + pixel * shape.inChannels();
        }
      }
    }
    return rows;
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
    new PixelWeightGradient(context, shape).run(x, xo, dy, dyo, dw, dwo, accumulate);
  }

  private void run(
      float[] x, int xo, float[] dy, int dyo, float[] dw, int dwo, boolean accumulate) {
    int allPanels = shape.groups() * panels;
    long perImage = (long) imageLength + (long) allPanels * ROWS * positions;
    held = (int) Math.max(1, Math.min(shape.batch(), MOST_SCRATCH / perImage));
    Scratch scratch = context.scratch();
    images = scratch.floats(Scratch.Slot.IMAGES, (long) held * imageLength + tiles.maxColumns());
    gradients = scratch.floats(Scratch.Slot.GRADIENTS, (long) held * allPanels * ROWS * positions);
    sums = scratch.floats(Scratch.Slot.PARTIAL_SUMS, (long) shares * allPanels * ROWS * rowLength);
    boolean share = (long) shape.batch() * positions * shape.weightLength() >= WORTH_SHARING;
    for (int first = 0; first < shape.batch(); first += held) {
      int start = first;
      int count = Math.min(held, shape.batch() - first);
      context.team().run(share, count, i -> arrange(x, xo, dy, dyo, start + i, i));
      context.team().run(share, shares * allPanels, task -> sumShare(task, count, start > 0));
    }
    context.team().run(share, shape.outChannels(), channel -> store(channel, dw, dwo, accumulate));
  }

  private void arrange(float[] x, int xo, float[] dy, int dyo, int image, int slot) {
    int plane = shape.inHeight() * shape.inWidth();
    int from = xo + image * shape.inChannels() * plane;
    int to = slot * imageLength;
    if (shape.padHeight() > 0 || shape.padWidth() > 0) {
      Arrays.fill(images, to, to + imageLength, 0f);
    }
    int firstColumn = Math.min(shape.padWidth(), width);
    int columns = Math.min(shape.inWidth(), width - firstColumn);
    for (int row = 0; row < shape.inHeight(); row++) {
      int target = row + shape.padHeight();
      if (target < height && columns > 0) {
        int at = to + (target * width + firstColumn) * shape.inChannels();
        transpose(x, from + row * shape.inWidth(), plane, columns, at);
      }
    }
    packGradients(dy, dyo, image, slot);
  }

  /** One image row: channel by channel in, pixel by pixel out. */
  private void transpose(float[] x, int from, int plane, int columns, int to) {
    int channels = shape.inChannels();
    for (int first = 0; first < columns; first += PIXELS_AT_A_TIME) {
      int count = Math.min(PIXELS_AT_A_TIME, columns - first);
      for (int c = 0; c < channels; c++) {
        int source = from + c * plane + first;
        int target = to + first * channels + c;
        for (int i = 0; i < count; i++) {
          images[target + i * channels] = x[source + i];
        }
      }
    }
  }

  private void packGradients(float[] dy, int dyo, int image, int slot) {
    for (int panel = 0; panel < shape.groups() * panels; panel++) {
      int inGroup = panel % panels * ROWS;
      int channel = panel / panels * shape.groupOutChannels() + inGroup;
      PanelPacking.interleave(
          dy,
          dyo + (image * shape.outChannels() + channel) * positions,
          positions,
          Math.min(ROWS, shape.groupOutChannels() - inGroup),
          positions,
          gradients,
          (panel * held + slot) * positions * ROWS,
          ROWS);
    }
  }

  /** The sums of six output channels over one share of the images held. */
  private void sumShare(int task, int count, boolean add) {
    int allPanels = shape.groups() * panels;
    int panel = task % allPanels;
    int share = task / allPanels;
    int first = (int) ((long) count * share / shares);
    int end = (int) ((long) count * (share + 1) / shares);
    int to = task * ROWS * rowLength;
    if (!add) {
      Arrays.fill(sums, to, to + ROWS * rowLength, 0f);
    }
    for (int image = first; image < end; image += groupSize) {
      sumGroup(panel, image, Math.min(groupSize, end - image), to);
    }
  }

  private void sumGroup(int panel, int image, int count, int to) {
    int channels = panel / panels * shape.groupInChannels();
    int at = to;
    for (int i = 0; i < shape.kernelHeight(); i++) {
      for (int j = 0; j < stretches; j++) {
        int pixel = i * shape.dilationHeight() * width + j * shape.dilationWidth();
        int from = image * imageLength + pixel * shape.inChannels() + channels;
        for (int column = 0; column < paddedStretch; column += tiles.maxColumns()) {
          int columns = Math.min(tiles.maxColumns(), paddedStretch - column);
          tiles.tile(
              count * positions,
              gradients,
              (panel * held + image) * positions * ROWS,
              images,
              positionRows,
              from + column,
              sums,
              at + column,
              rowLength,
              columns / tiles.lanes(),
              true);
        }
        at += paddedStretch;
      }
    }
  }

  /** Adds the shares of one output channel and brings them into the order of the weights. */
  private void store(int channel, float[] dw, int dwo, boolean accumulate) {
    int outputs = shape.groupOutChannels();
    int panel = channel / outputs * panels + channel % outputs / ROWS;
    int from = (panel * ROWS + channel % outputs % ROWS) * rowLength;
    int shareLength = shape.groups() * panels * ROWS * rowLength;
    int channels = shape.groupInChannels();
    int at = dwo + channel * channels * shape.kernelHeight() * shape.kernelWidth();
    for (int c = 0; c < channels; c++) {
      for (int i = 0; i < shape.kernelHeight(); i++) {
        for (int j = 0; j < shape.kernelWidth(); j++) {
          int source = from + column(i, j, c);
          float sum = sums[source];
          for (int share = 1; share < shares; share++) {
            sum += sums[source + share * shareLength];
          }
          dw[at] = accumulate ? dw[at] + sum : sum;
          at++;
        }
      }
    }
  }

  private int column(int i, int j, int c) {
    int inRow = j * shape.groupInChannels() + c;
    return (i * stretches + inRow / stretch) * paddedStretch + inRow % stretch;
  }
}
