package org.oncilla.cpu;

import java.util.Arrays;
import org.oncilla.backend.NormalizationShape;
import org.oncilla.cpu.simd.NormalizationOps;

/** A column for each element of a sample, C·S of them: channels lie side by side, or nearly so. */
final class ChannelColumns extends ChannelWalk {
  /** Columns that one task handles. */
  private static final int BLOCK = 1024;

  /** More chunks than this would make the partial results grow with the batch. */
  private static final int MOST_CHUNKS = 64;

  private final NormalizationOps ops;
  private final int blocks;

  ChannelColumns(CpuContext context, NormalizationShape shape) {
    super(context, shape, shape.channels() * shape.spatial(), chunkSamples(shape));
    ops = context.simd().normalization();
    blocks = Ceil.div(columns(), BLOCK);
  }

  /** As many samples as have a block of columns that fits the nearest cache. */
  private static int chunkSamples(NormalizationShape shape) {
    int block = Math.min(BLOCK, shape.channels() * shape.spatial());
    return Math.max(CpuContext.CHUNK / block, Ceil.div(shape.batch(), MOST_CHUNKS));
  }

  /** Some samples and a block of columns. */
  private interface Part {
    void run(int chunk, int first, int last, int column);
  }

  private void forEachPart(Part part) {
    context()
        .team()
        .run(
            shape().length() > CpuContext.CHUNK,
            chunks() * blocks,
            task -> {
              int chunk = task / blocks;
              int first = chunk * chunkSamples();
              int last = Math.min(first + chunkSamples(), shape().batch());
              part.run(chunk, first, last, task % blocks * BLOCK);
            });
  }

  private int blockLength(int column) {
    return Math.min(BLOCK, columns() - column);
  }

  @Override
  void moments(float[] x, int xo, float[] partials) {
    forEachPart(
        (chunk, first, last, column) -> {
          int n = blockLength(column);
          int means = partial(chunk, column);
          int rows = last - first;
          int squares = means + columns();
          float[] sums = context().scratch().floats(Scratch.Slot.BLOCK, BLOCK);
          // Once as distances from the first row, so that equal elements have no variance.
          System.arraycopy(x, xo + first * columns() + column, partials, means, n);
          addDeviations(x, xo, first, last, column, partials, sums);
          for (int i = 0; i < n; i++) {
            partials[means + i] += sums[i] / rows;
          }
          addDeviations(x, xo, first, last, column, partials, sums);
          for (int i = 0; i < n; i++) {
            float correction = sums[i] / rows;
            partials[means + i] += correction;
            partials[squares + i] -= sums[i] * correction;
          }
        });
  }

  /** Sums and squares of the deviations of some rows from the means in the partial results. */
  private void addDeviations(
      float[] x, int xo, int first, int last, int column, float[] partials, float[] sums) {
    int n = blockLength(column);
    int means = partial(first / chunkSamples(), column);
    int squares = means + columns();
    Arrays.fill(sums, 0, n, 0f);
    Arrays.fill(partials, squares, squares + n, 0f);
    for (int row = first; row < last; row++) {
      int at = xo + row * columns() + column;
      ops.addDeviations(x, at, partials, means, sums, 0, partials, squares, n);
    }
  }

  @Override
  void normalize(float[] x, int xo, float[] k, float[] y, int yo) {
    forEachPart(
        (chunk, first, last, column) -> {
          int n = blockLength(column);
          for (int row = first; row < last; row++) {
            int at = row * columns() + column;
            ops.normalize(x, xo + at, k, column, columns(), y, yo + at, n);
          }
        });
  }

  @Override
  void products(float[] x, int xo, float[] dy, int dyo, float[] k, float[] partials) {
    forEachPart(
        (chunk, first, last, column) -> {
          int n = blockLength(column);
          int sums = partial(chunk, column);
          int products = sums + columns();
          Arrays.fill(partials, sums, sums + n, 0f);
          Arrays.fill(partials, products, products + n, 0f);
          for (int row = first; row < last; row++) {
            int at = row * columns() + column;
            ops.addProducts(
                x, xo + at, k, column, dy, dyo + at, partials, sums, partials, products, n);
          }
        });
  }

  @Override
  void gradient(
      float[] x, int xo, float[] dy, int dyo, float[] k, float[] dx, int dxo, boolean accumulate) {
    forEachPart(
        (chunk, first, last, column) -> {
          int n = blockLength(column);
          for (int row = first; row < last; row++) {
            int at = row * columns() + column;
            ops.gradient(
                k, column, columns(), x, xo + at, dy, dyo + at, dx, dxo + at, n, accumulate);
          }
        });
  }
}
