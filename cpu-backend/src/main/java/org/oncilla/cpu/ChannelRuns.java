package org.oncilla.cpu;

import org.oncilla.backend.NormalizationShape;
import org.oncilla.cpu.simd.NormalizationOps;

/**
 * A column for each channel, whose elements of one sample are a long run. Each run is a chunk of
 * its own: it is near when it is read a second time, and memory is walked from its start to its
 * end.
 */
final class ChannelRuns extends ChannelWalk {
  private final NormalizationOps ops;

  ChannelRuns(CpuContext context, NormalizationShape shape) {
    super(context, shape, shape.channels(), 1);
    ops = context.simd().normalization();
  }

  /** Neighbouring channels of one sample. */
  private interface Runs {
    void run(int sample, int firstChannel, int lastChannel);
  }

  /** Runs of some {@link CpuContext#CHUNK} elements to a task. */
  private void forEach(Runs body) {
    int channels = columns();
    context()
        .forEachChunk(
            shape().batch() * channels,
            Math.max(1, CpuContext.CHUNK / shape().spatial()),
            (from, to) -> {
              int run = from;
              while (run < to) {
                int sample = run / channels;
                int start = sample * channels;
                int end = Math.min(to, start + channels);
                body.run(sample, run - start, end - start);
                run = end;
              }
            });
  }

  /** Where the run of a sample and channel begins. */
  private int at(int sample, int channel) {
    return (sample * columns() + channel) * shape().spatial();
  }

  @Override
  void moments(float[] x, int xo, float[] partials) {
    int length = shape().spatial();
    forEach(
        (sample, first, last) -> {
          float[] two = context().scratch().floats(Scratch.Slot.BLOCK, 2);
          for (int channel = first; channel < last; channel++) {
            int at = xo + at(sample, channel);
            // As distances from the first element, so that equal ones have no variance.
            ops.deviations(x, at, x[at], length, two, 0);
            float mean = x[at] + two[0] / length;
            ops.deviations(x, at, mean, length, two, 0);
            float correction = two[0] / length;
            int partial = partial(sample, channel);
            partials[partial] = mean + correction;
            partials[partial + columns()] = two[1] - two[0] * correction;
          }
        });
  }

  @Override
  void normalize(float[] x, int xo, float[] k, float[] y, int yo) {
    int length = shape().spatial();
    int stride = columns();
    forEach(
        (sample, first, last) -> {
          for (int c = first; c < last; c++) {
            int at = at(sample, c);
            float scale = k[c + stride];
            float shift = k[c + 2 * stride];
            ops.normalize(x, xo + at, k[c], scale, shift, y, yo + at, length);
          }
        });
  }

  @Override
  void products(float[] x, int xo, float[] dy, int dyo, float[] k, float[] partials) {
    int length = shape().spatial();
    forEach(
        (sample, first, last) -> {
          float[] two = context().scratch().floats(Scratch.Slot.BLOCK, 2);
          for (int channel = first; channel < last; channel++) {
            int at = at(sample, channel);
            ops.products(x, xo + at, k[channel], dy, dyo + at, length, two, 0);
            int partial = partial(sample, channel);
            partials[partial] = two[0];
            partials[partial + columns()] = two[1];
          }
        });
  }

  @Override
  void gradient(
      float[] x, int xo, float[] dy, int dyo, float[] k, float[] dx, int dxo, boolean accumulate) {
    int length = shape().spatial();
    int stride = columns();
    forEach(
        (sample, first, last) -> {
          for (int c = first; c < last; c++) {
            NormalizationOps.Gradient coefficients =
                new NormalizationOps.Gradient(
                    k[c], k[c + stride], k[c + 2 * stride], k[c + 3 * stride]);
            int at = at(sample, c);
            ops.gradient(coefficients, x, xo + at, dy, dyo + at, dx, dxo + at, length, accumulate);
          }
        });
  }
}
