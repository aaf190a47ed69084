package org.oncilla.cpu;

import java.util.List;
import org.oncilla.cpu.simd.TileKernels;

/**
 * A convolution that reads its input in place of an im2col matrix: row k of that matrix is the
 * input from the k-th tap's offset on (see {@link TapLayout}), so a tile of six output channels by
 * some dozens of positions is one call of {@link TileKernels#tile}.
 *
 * <p>Every output element is the sum over the taps in order, whichever thread computes it.
 */
final class TapConvolution {
  private static final int ROWS = TileKernels.ROWS;

  /** Floats of input images that are worked on together: part of a second-level cache. */
  private static final int GROUP_FLOATS = 1 << 17;

  /** Positions of a block of output rows, whose sums stay in the first-level cache. */
  private static final int BLOCK_POSITIONS = 1536;

  private static final int TASKS_PER_THREAD = 4;
  private static final long WORTH_SHARING = 200_000;

  private final CpuContext context;
  private final TileKernels tiles;
  private final TapLayout layout;
  private final int groups;
  private final int groupOutputs;
  private final int groupPanels;
  private final int groupInput;
  private final List<Part> parts;
  private final float[] weights;

  /** Receives complete sums of one output channel, row by row. */
  @FunctionalInterface
  interface Sink {
    /**
     * @param image index in the batch
     * @param channel output channel
     * @param firstRow first output row
     * @param rows number of rows
     * @param from holds the sums
     * @param at the first of them
     * @param stride from one row to the next
     */
    void store(int image, int channel, int firstRow, int rows, float[] from, int at, int stride);
  }

  /**
   * The outputs that are computed from one set of taps.
   *
   * @param taps where each tap reads, relative to the position
   * @param rows output rows
   * @param columns output columns
   * @param weights where the packed panels of this part start
   * @param sink receives the results
   */
  record Part(int[] taps, int rows, int columns, int weights, Sink sink) {}

  /**
   * @param groups channel groups
   * @param groupInputs input channels of a group
   * @param groupOutputs output channels of a group
   * @param weights packed panels of every part: [group][panel][tap][row of the panel]
   */
  TapConvolution(
      CpuContext context,
      TapLayout layout,
      int groups,
      int groupInputs,
      int groupOutputs,
      List<Part> parts,
      float[] weights) {
    this.context = context;
    this.tiles = context.simd().tiles();
    this.layout = layout;
    this.groups = groups;
    this.groupOutputs = groupOutputs;
    this.groupPanels = Ceil.div(groupOutputs, ROWS);
    this.groupInput = groupInputs * layout.channelLength();
    this.parts = parts;
    this.weights = weights;
  }

  /** Computes all outputs of a batch. */
  void run(float[] images, int offset, int batch) {
    int threads = context.team().size();
    boolean share = work(batch) >= WORTH_SHARING;
    int cached = Math.max(1, GROUP_FLOATS / layout.imageLength());
    int even = share ? Ceil.div(batch, threads * TASKS_PER_THREAD) : batch;
    int size = Math.min(cached, even);
    int tasks = Ceil.div(batch, size);
    if (!share || threads == 1 || tasks >= 2 * threads) {
      context
          .team()
          .run(
              share,
              tasks,
              task -> runGroup(images, offset, task * size, Math.min(batch, (task + 1) * size)));
    } else {
      runShared(images, offset, batch);
    }
  }

  private long work(int batch) {
    long positions = 0;
    for (Part part : parts) {
      positions += (long) part.taps().length * part.rows() * part.columns();
    }
    return positions * groups * groupOutputs * batch;
  }

  /** One task: some images, all channels. */
  private void runGroup(float[] images, int offset, int first, int end) {
    float[] input = inputScratch(end - first);
    for (int image = first; image < end; image++) {
      fill(images, offset, image, input, image - first);
    }
    for (Part part : parts) {
      for (int panel = 0; panel < groups * groupPanels; panel++) {
        for (int image = first; image < end; image++) {
          compute(part, panel, 0, part.rows(), input, image - first, image);
        }
      }
    }
  }

  /** Few images: the channels and rows of each are shared out. */
  private void runShared(float[] images, int offset, int batch) {
    float[] input = inputScratch(batch);
    context.team().run(batch, image -> fill(images, offset, image, input, image));
    int panels = groups * groupPanels;
    for (Part part : parts) {
      int wanted = Ceil.div(context.team().size() * TASKS_PER_THREAD, batch * panels);
      int strips = Math.min(wanted, part.rows());
      context
          .team()
          .run(
              batch * panels * strips,
              task -> {
                int strip = task % strips;
                int panel = task / strips % panels;
                int image = task / strips / panels;
                int from = part.rows() * strip / strips;
                int to = part.rows() * (strip + 1) / strips;
                compute(part, panel, from, to, input, image, image);
              });
    }
  }

  private float[] inputScratch(int images) {
    long length = (long) images * layout.imageLength() + tiles.maxColumns();
    return context.scratch().floats(Scratch.Slot.IMAGES, length);
  }

  private void fill(float[] images, int offset, int image, float[] input, int slot) {
    layout.fill(images, offset + image * layout.sourceLength(), input, slot * layout.imageLength());
  }

  /** Output rows {@code from} … {@code to}−1 of up to six channels of one image. */
  private void compute(Part part, int panel, int from, int to, float[] input, int slot, int image) {
    int stride = layout.rowStride();
    int blocks = Ceil.div((to - from) * stride, BLOCK_POSITIONS);
    int blockRows = Ceil.div(to - from, blocks);
    for (int row = from; row < to; row += blockRows) {
      int rows = Math.min(blockRows, to - row);
      int positions = (rows - 1) * stride + part.columns();
      int vectors = Ceil.div(positions, tiles.lanes());
      int sumStride = vectors * tiles.lanes();
      float[] sums =
          context
              .scratch()
              .floats(Scratch.Slot.ROWS, (long) ROWS * sumStride + 2L * tiles.maxColumns());
      sumTaps(part, panel, row * stride, vectors, sumStride, input, slot, sums);
      int channel = panel / groupPanels * groupOutputs + panel % groupPanels * ROWS;
      int members = Math.min(ROWS, groupOutputs - panel % groupPanels * ROWS);
      for (int r = 0; r < members; r++) {
        part.sink().store(image, channel + r, row, rows, sums, r * sumStride, stride);
      }
    }
  }

  private void sumTaps(
      Part part,
      int panel,
      int position,
      int vectors,
      int sumStride,
      float[] input,
      int slot,
      float[] sums) {
    int depth = part.taps().length;
    int start = slot * layout.imageLength() + panel / groupPanels * groupInput + position;
    int done = 0;
    while (done < vectors) {
      int width = nextWidth(vectors - done);
      tiles.tile(
          depth,
          weights,
          part.weights() + panel * depth * ROWS,
          input,
          part.taps(),
          start + done * tiles.lanes(),
          sums,
          done * tiles.lanes(),
          sumStride,
          width,
          false);
      done += width;
    }
  }

  /** The widest tile, but not one that leaves a single register for the last. */
  private int nextWidth(int vectors) {
    int widest = tiles.maxVectors();
    return vectors == widest + 1 && widest > 2 ? widest - 1 : Math.min(vectors, widest);
  }
}
