package org.oncilla.cpu;

import org.oncilla.backend.NormalizationShape;

/**
 * A way through x[N, C, S] for the statistics of channels. The batch is cut into chunks of samples,
 * by the sizes alone; each chunk has a partial result for each of {@link #columns} columns, of
 * which the first C-th belongs to channel 0 and so on.
 *
 * <p>Partial results are two for each chunk and column, [chunks, 2, columns]. Coefficients lie one
 * array after the other, each with one value for each column, the means first.
 */
abstract class ChannelWalk {
  /** Runs of equal coefficients shorter than this are better taken as columns. */
  private static final int SHORTEST_RUN = 32;

  private final CpuContext context;
  private final NormalizationShape shape;
  private final int columns;
  private final int chunkSamples;
  private final int chunks;

  /**
   * Cuts the batch.
   *
   * @param columns partial results of a chunk
   * @param chunkSamples samples of a chunk
   */
  ChannelWalk(CpuContext context, NormalizationShape shape, int columns, int chunkSamples) {
    this.context = context;
    this.shape = shape;
    this.columns = columns;
    this.chunkSamples = chunkSamples;
    chunks = Ceil.div(shape.batch(), chunkSamples);
  }

  /** The way that suits a shape. */
  static ChannelWalk of(CpuContext context, NormalizationShape shape) {
    return hasRuns(shape) ? new ChannelRuns(context, shape) : new ChannelColumns(context, shape);
  }

  /** Whether elements of one channel lie side by side in runs worth a loop of their own. */
  static boolean hasRuns(NormalizationShape shape) {
    return shape.spatial() >= SHORTEST_RUN;
  }

  final CpuContext context() {
    return context;
  }

  final NormalizationShape shape() {
    return shape;
  }

  /** Columns of partial results and coefficients: C, or more for each channel. */
  final int columns() {
    return columns;
  }

  /** Columns of one channel. */
  final int columnsOfChannel() {
    return columns / shape.channels();
  }

  final int chunks() {
    return chunks;
  }

  /** Elements of a column in a chunk. */
  final int elements(int chunk) {
    int samples = Math.min(chunkSamples, shape.batch() - chunk * chunkSamples);
    return samples * (shape.spatial() / columnsOfChannel());
  }

  final int chunkSamples() {
    return chunkSamples;
  }

  /**
   * Where the first partial result of a chunk and column lies; the second is a row of columns on.
   */
  final int partial(int chunk, int column) {
    return 2 * chunk * columns + column;
  }

  /** Writes the mean and the sum of squared deviations of each chunk and column. */
  abstract void moments(float[] x, int xo, float[] partials);

  /** y = scale·(x − mean) + shift by coefficients mean, scale, shift. */
  abstract void normalize(float[] x, int xo, float[] k, float[] y, int yo);

  /** Writes Σ dy and Σ dy·(x − mean) of each chunk and column, by coefficients mean, …. */
  abstract void products(float[] x, int xo, float[] dy, int dyo, float[] k, float[] partials);

  /** dx by coefficients mean, ofGradient, ofInput, constant. */
  abstract void gradient(
      float[] x, int xo, float[] dy, int dyo, float[] k, float[] dx, int dxo, boolean accumulate);
}
