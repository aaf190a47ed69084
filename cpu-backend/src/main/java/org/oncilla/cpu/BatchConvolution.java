package org.oncilla.cpu;

import java.util.Arrays;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.cpu.simd.ElementwiseOps;
import org.oncilla.cpu.simd.TileKernels;

/**
 * Convolutions of small planes, with the images of the batch side by side in the registers. Each
 * output position is a short matrix product for every tap that meets the image there, so neither
 * registers nor border zeros are wasted where planes are smaller than either.
 *
 * <p>The forward convolution and the gradient of its input differ in which positions a tap connects
 * and in the order of the weights only: see {@link Direction}.
 */
final class BatchConvolution {
  private static final int ROWS = TileKernels.ROWS;
  private static final int FEWEST_CHANNELS = 16;

  /** Measured shares of the peak: of this class with wide and with narrow tiles, of planes. */
  private static final double WIDE_TILES = 0.65;

  private static final double NARROW_TILES = 0.45;
  private static final double PLANES = 0.72;

  /** Taps of a tile that take as long as beginning and ending it. */
  private static final double TILE_OVERHEAD = 10;

  /** Floats of one group's source that stay in a second-level cache. */
  private static final int MOST_CACHED = 1 << 18;

  private static final int TASKS_PER_THREAD = 4;
  private static final long WORTH_SHARING = 200_000;

  private final CpuContext context;
  private final ConvolutionShape shape;
  private final Direction direction;
  private final TileKernels tiles;
  private final int paddedBatch;
  private final int panels;
  private final int depth;
  private final int taps;
  private final int[] channelRows;

  private float[] source;
  private float[] weights;
  private float[] results;

  private BatchConvolution(CpuContext context, ConvolutionShape shape, Direction direction) {
    this.context = context;
    this.shape = shape;
    this.direction = direction;
    tiles = context.simd().tiles();
    paddedBatch = Ceil.multiple(shape.batch(), tiles.lanes());
    panels = Ceil.div(direction.groupTargets(), ROWS);
    depth = direction.groupSources();
    taps = shape.kernelHeight() * shape.kernelWidth();
    channelRows = new int[depth];
    for (int k = 0; k < depth; k++) {
      channelRows[k] = k * direction.sourcePlane() * paddedBatch;
    }
  }

  /** What is convolved to what. */
  private record Direction(ConvolutionShape shape, boolean forward) {
    int groupSources() {
      return forward ? shape.groupInChannels() : shape.groupOutChannels();
    }

    int groupTargets() {
      return forward ? shape.groupOutChannels() : shape.groupInChannels();
    }

    int sourcePlane() {
      return forward ? inPlane() : outPlane();
    }

    int targetPlane() {
      return forward ? outPlane() : inPlane();
    }

    private int inPlane() {
      return shape.inHeight() * shape.inWidth();
    }

    private int outPlane() {
      return shape.outHeight() * shape.outWidth();
    }

    /** The source position that a tap connects with a target position; −1 where there is none. */
    int sourceOf(int target, int tap) {
      int i = tap / shape.kernelWidth() * shape.dilationHeight();
      int j = tap % shape.kernelWidth() * shape.dilationWidth();
      int width = forward ? shape.outWidth() : shape.inWidth();
      int row = target / width;
      int column = target % width;
      if (forward) {
        int h = row * shape.strideHeight() + i - shape.padHeight();
        int w = column * shape.strideWidth() + j - shape.padWidth();
        boolean inside = h >= 0 && h < shape.inHeight() && w >= 0 && w < shape.inWidth();
        return inside ? h * shape.inWidth() + w : -1;
      }
      int p = row + shape.padHeight() - i;
      int q = column + shape.padWidth() - j;
      boolean onGrid =
          p >= 0 && q >= 0 && p % shape.strideHeight() == 0 && q % shape.strideWidth() == 0;
      p /= shape.strideHeight();
      q /= shape.strideWidth();
      boolean inside = onGrid && p < shape.outHeight() && q < shape.outWidth();
      return inside ? p * shape.outWidth() + q : -1;
    }

    /** Where the weight of a target and a source channel of a group stands, for the first tap. */
    int weight(int group, int target, int source) {
      int output = group * shape.groupOutChannels() + (forward ? target : source);
      int input = forward ? source : target;
      int kernel = shape.kernelHeight() * shape.kernelWidth();
      return (output * shape.groupInChannels() + input) * kernel;
    }
  }

  /** Whether this is faster than a {@link TapConvolution} that fills registers so far. */
  static boolean suits(CpuContext context, ConvolutionShape shape, boolean forward) {
    Direction direction = new Direction(shape, forward);
    int lanes = context.simd().tiles().lanes();
    if (direction.groupSources() < FEWEST_CHANNELS || shape.batch() < 2 * lanes) {
      return false;
    }
    int height = forward ? shape.outHeight() : shape.inHeight();
    int width = forward ? shape.outWidth() : shape.inWidth();
    long floats = (long) direction.groupSources() * direction.sourcePlane() * shape.batch();
    if (floats > MOST_CACHED) {
      return false;
    }
    int stride =
        forward
            ? width + (shape.kernelWidth() - 1) * shape.dilationWidth() / shape.strideWidth()
            : Math.max(width, shape.outWidth()) + shape.kernelWidth() - 1;
    int vectors = Ceil.div((height - 1) * stride + width, lanes);
    double planes = PLANES * height * width / (vectors * lanes) * (vectors == 1 ? 0.7 : 1);
    int padded = Ceil.multiple(shape.batch(), lanes);
    boolean wide = padded >= context.simd().tiles().maxColumns();
    double depth = direction.groupSources();
    double batch = (wide ? WIDE_TILES : NARROW_TILES) * depth / (depth + TILE_OVERHEAD);
    batch *= (double) shape.batch() / padded / meetings(shape, direction);
    return batch > planes;
  }

  /** The share of taps that meet the source, over all target positions. */
  private static double meetings(ConvolutionShape shape, Direction direction) {
    int taps = shape.kernelHeight() * shape.kernelWidth();
    int count = 0;
    for (int target = 0; target < direction.targetPlane(); target++) {
      for (int tap = 0; tap < taps; tap++) {
        count += direction.sourceOf(target, tap) >= 0 ? 1 : 0;
      }
    }
    return Math.max(1, count) / ((double) taps * direction.targetPlane());
  }

  /** The convolution of {@code from}, which is x or dy, into {@code to}, which is y or dx. */
  static void run(
      CpuContext context,
      ConvolutionShape shape,
      boolean forward,
      float[] from,
      int fromOffset,
      float[] w,
      int wo,
      float[] to,
      int toOffset,
      Finish finish) {
    new BatchConvolution(context, shape, new Direction(shape, forward))
        .run(from, fromOffset, w, wo, to, toOffset, finish);
  }

  private void run(
      float[] from, int fromOffset, float[] w, int wo, float[] to, int toOffset, Finish finish) {
    int sources = shape.groups() * depth;
    int targets = shape.groups() * direction.groupTargets();
    int targetPlane = direction.targetPlane();
    Scratch scratch = context.scratch();
    source =
        scratch.floats(Scratch.Slot.IMAGES, (long) sources * direction.sourcePlane() * paddedBatch);
    int allPanels = shape.groups() * panels;
    weights = scratch.floats(Scratch.Slot.WEIGHTS, (long) allPanels * taps * depth * ROWS);
    results =
        scratch.floats(Scratch.Slot.GRADIENTS, (long) targetPlane * allPanels * ROWS * paddedBatch);
    boolean share = (long) shape.batch() * targets * targetPlane * depth * taps >= WORTH_SHARING;
    ThreadTeam team = context.team();
    team.run(share, sources, channel -> gather(from, fromOffset, channel, sources));
    team.run(share, allPanels, panel -> pack(w, wo, panel));
    int wanted = Ceil.div(team.size() * TASKS_PER_THREAD, targetPlane);
    int chunks = Math.max(1, Math.min(wanted, allPanels));
    team.run(
        share,
        targetPlane * chunks,
        task -> {
          int chunk = task % chunks;
          int first = (int) ((long) allPanels * chunk / chunks);
          int end = (int) ((long) allPanels * (chunk + 1) / chunks);
          compute(task / chunks, first, end, finish);
        });
    team.run(share, targets, channel -> scatter(channel, targets, to, toOffset, finish));
  }

  /** One channel of the source, from [image][position] to [position][image]. */
  private void gather(float[] from, int offset, int channel, int channels) {
    int plane = direction.sourcePlane();
    int to = channel * plane * paddedBatch;
    for (int image = 0; image < shape.batch(); image++) {
      int at = offset + (image * channels + channel) * plane;
      for (int position = 0; position < plane; position++) {
        source[to + position * paddedBatch + image] = from[at + position];
      }
    }
    if (shape.batch() < paddedBatch) {
      for (int position = 0; position < plane; position++) {
        int end = to + (position + 1) * paddedBatch;
        Arrays.fill(source, end - paddedBatch + shape.batch(), end, 0f);
      }
    }
  }

  /** Six target channels: [tap][source channel][target channel]. */
  private void pack(float[] w, int wo, int panel) {
    int group = panel / panels;
    int first = panel % panels * ROWS;
    int members = Math.min(ROWS, direction.groupTargets() - first);
    int to = panel * taps * depth * ROWS;
    for (int k = 0; k < depth; k++) {
      for (int r = 0; r < ROWS; r++) {
        int at = to + k * ROWS + r;
        int from = r < members ? wo + direction.weight(group, first + r, k) : -1;
        for (int tap = 0; tap < taps; tap++) {
          weights[at + tap * depth * ROWS] = from < 0 ? 0f : w[from + tap];
        }
      }
    }
  }

  /** Some channels of all images at one position. */
  private void compute(int target, int firstPanel, int endPanel, Finish finish) {
    for (int panel = firstPanel; panel < endPanel; panel++) {
      int to = (target * shape.groups() * panels + panel) * ROWS * paddedBatch;
      boolean first = true;
      for (int tap = 0; tap < taps; tap++) {
        int position = direction.sourceOf(target, tap);
        if (position >= 0) {
          addTap(panel, tap, position, to, !first);
          first = false;
        }
      }
      if (first) {
        Arrays.fill(results, to, to + ROWS * paddedBatch, 0f);
      }
      if (!finish.accumulate()) {
        finish(panel, to, finish);
      }
    }
  }

  private void addTap(int panel, int tap, int position, int to, boolean add) {
    int group = panel / panels;
    int from = (group * depth * direction.sourcePlane() + position) * paddedBatch;
    for (int image = 0; image < paddedBatch; image += tiles.maxColumns()) {
      int columns = Math.min(tiles.maxColumns(), paddedBatch - image);
      tiles.tile(
          depth,
          weights,
          (panel * taps + tap) * depth * ROWS,
          source,
          channelRows,
          from + image,
          results,
          to + image,
          paddedBatch,
          columns / tiles.lanes(),
          add);
    }
  }

  private void finish(int panel, int at, Finish finish) {
    if (finish.isTrivial()) {
      return;
    }
    ElementwiseOps ops = context.simd().elementwise();
    int first = panel % panels * ROWS;
    int members = Math.min(ROWS, direction.groupTargets() - first);
    for (int r = 0; r < members; r++) {
      int row = at + r * paddedBatch;
      float bias = finish.biasOf(panel / panels * direction.groupTargets() + first + r);
      ops.affine(results, row, 1f, bias, results, row, paddedBatch);
      finish.activate(ops, results, row, paddedBatch);
    }
  }

  /** One channel of the target, from [position][image] to [image][position]. */
  private void scatter(int channel, int channels, float[] to, int toOffset, Finish finish) {
    int plane = direction.targetPlane();
    int inGroup = channel % direction.groupTargets();
    int panel = channel / direction.groupTargets() * panels + inGroup / ROWS;
    int from = (panel * ROWS + inGroup % ROWS) * paddedBatch;
    int step = shape.groups() * panels * ROWS * paddedBatch;
    ElementwiseOps ops = context.simd().elementwise();
    float[] block = context.scratch().floats(Scratch.Slot.BLOCK, plane);
    for (int image = 0; image < shape.batch(); image++) {
      int at = toOffset + (image * channels + channel) * plane;
      float[] into = finish.accumulate() ? block : to;
      int start = finish.accumulate() ? 0 : at;
      for (int position = 0; position < plane; position++) {
        into[start + position] = results[from + position * step + image];
      }
      if (finish.accumulate()) {
        ops.affine(block, 0, 1f, finish.biasOf(channel), block, 0, plane);
        ops.binary(BinaryOp.ADD, to, at, block, 0, to, at, plane);
        finish.activate(ops, to, at, plane);
      }
    }
  }
}
