package org.oncilla.cpu;

import org.oncilla.backend.NormalizationShape;
import org.oncilla.cpu.simd.NormalizationOps;
import org.oncilla.cpu.simd.ReductionOps;

/** A column for each channel, whose elements of one sample are a long run. */
final class ChannelRuns extends ChannelWalk {
  private final NormalizationOps ops;
  private final ReductionOps reductions;

  ChannelRuns(CpuContext context, NormalizationShape shape) {
    super(context, shape, shape.channels(), CpuContext.CHUNK / shape.spatial());
    ops = context.simd().normalization();
    reductions = context.simd().reductions();
  }

  /** Where the run of a sample and channel begins. */
  private int run(int sample, int channel) {
    return (sample * shape().channels() + channel) * shape().spatial();
  }

  @Override
  void moments(float[] x, int xo, float[] partials) {
    int length = shape().spatial();
    forEachPart(
        columns(),
        (chunk, first, last, channel) -> {
          double sum = 0;
          for (int sample = first; sample < last; sample++) {
            sum += reductions.sum(x, xo + run(sample, channel), length);
          }
          int count = elements(chunk);
          float mean = (float) (sum / count);
          float[] two = context().scratch().floats(Scratch.Slot.BLOCK, 2);
          double deviations = 0;
          double squares = 0;
          for (int sample = first; sample < last; sample++) {
            ops.deviations(x, xo + run(sample, channel), mean, length, two, 0);
            deviations += two[0];
            squares += two[1];
          }
          int at = partial(chunk, channel);
          partials[at] = (float) (mean + deviations / count);
          partials[at + columns()] = (float) (squares - deviations * deviations / count);
        });
  }

  @Override
  void normalize(float[] x, int xo, float[] k, float[] y, int yo) {
    int length = shape().spatial();
    int stride = columns();
    forEachPart(
        columns(),
        (chunk, first, last, channel) -> {
          float mean = k[channel];
          float scale = k[channel + stride];
          float shift = k[channel + 2 * stride];
          for (int sample = first; sample < last; sample++) {
            int at = run(sample, channel);
            ops.normalize(x, xo + at, mean, scale, shift, y, yo + at, length);
          }
        });
  }

  @Override
  void products(float[] x, int xo, float[] dy, int dyo, float[] k, float[] partials) {
    int length = shape().spatial();
    forEachPart(
        columns(),
        (chunk, first, last, channel) -> {
          float[] two = context().scratch().floats(Scratch.Slot.BLOCK, 2);
          double sum = 0;
          double products = 0;
          for (int sample = first; sample < last; sample++) {
            int at = run(sample, channel);
            ops.products(x, xo + at, k[channel], dy, dyo + at, length, two, 0);
            sum += two[0];
            products += two[1];
          }
          int at = partial(chunk, channel);
          partials[at] = (float) sum;
          partials[at + columns()] = (float) products;
        });
  }

  @Override
  void gradient(
      float[] x, int xo, float[] dy, int dyo, float[] k, float[] dx, int dxo, boolean accumulate) {
    int length = shape().spatial();
    int stride = columns();
    forEachPart(
        columns(),
        (chunk, first, last, channel) -> {
          NormalizationOps.Gradient gradient =
              new NormalizationOps.Gradient(
                  k[channel],
                  k[channel + stride],
                  k[channel + 2 * stride],
                  k[channel + 3 * stride]);
          for (int sample = first; sample < last; sample++) {
            int at = run(sample, channel);
            ops.gradient(gradient, x, xo + at, dy, dyo + at, dx, dxo + at, length, accumulate);
          }
        });
  }
}
