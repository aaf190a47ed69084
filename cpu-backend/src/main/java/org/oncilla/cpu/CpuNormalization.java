package org.oncilla.cpu;

import static org.oncilla.backend.DType.FLOAT32;

import org.oncilla.backend.NormalizationChecks;
import org.oncilla.backend.NormalizationGradients;
import org.oncilla.backend.NormalizationKernels;
import org.oncilla.backend.NormalizationShape;
import org.oncilla.backend.Span;

/**
 * Batch normalization from partial results of chunks, which are put together in double precision;
 * group normalization is {@link GroupLines}.
 */
final class CpuNormalization implements NormalizationKernels {
  /** Partial results that are worth a task. */
  private static final int PARTIALS_AT_A_TIME = 4096;

  private final CpuContext context;
  private final GroupLines groupLines;

  CpuNormalization(CpuContext context) {
    this.context = context;
    this.groupLines = new GroupLines(context);
  }

  @Override
  public void batchNorm(
      NormalizationShape shape,
      double epsilon,
      double momentum,
      Span x,
      Span weight,
      Span bias,
      Span y,
      Span mean,
      Span variance,
      Span runningMean,
      Span runningVariance) {
    NormalizationChecks.batchNorm(
        FLOAT32,
        shape,
        epsilon,
        momentum,
        x,
        weight,
        bias,
        y,
        mean,
        variance,
        runningMean,
        runningVariance);
    ChannelWalk walk = ChannelWalk.of(context, shape);
    float[] partials = partials(walk);
    walk.moments(CpuBuffer.floats(x), x.offset(), partials);
    int count = shape.channelLength();
    forEachChannel(
        walk,
        channel -> {
          double channelMean = mean(walk, partials, channel);
          double channelVariance = squares(walk, partials, channel, channelMean) / count;
          set(mean, channel, channelMean);
          set(variance, channel, channelVariance);
          if (runningMean != null) {
            follow(runningMean, channel, momentum, channelMean);
            follow(runningVariance, channel, momentum, channelVariance * count / (count - 1.0));
          }
        });
    normalize(walk, epsilon, x, weight, bias, mean, variance, y);
  }

  /** Puts together what the chunks of each channel left, many channels to a task. */
  private void forEachChannel(ChannelWalk walk, ThreadTeam.Task body) {
    int partials = walk.chunks() * walk.columnsOfChannel();
    context.forEachChunk(
        walk.shape().channels(),
        Math.max(1, PARTIALS_AT_A_TIME / partials),
        (from, to) -> {
          for (int channel = from; channel < to; channel++) {
            body.run(channel);
          }
        });
  }

  private float[] partials(ChannelWalk walk) {
    long length = 2L * walk.chunks() * walk.columns();
    return context.scratch().floats(Scratch.Slot.PARTIAL_SUMS, length);
  }

  /** The mean of a channel from those of its parts. */
  private static double mean(ChannelWalk walk, float[] partials, int channel) {
    int each = walk.columnsOfChannel();
    double sum = 0;
    for (int chunk = 0; chunk < walk.chunks(); chunk++) {
      int at = walk.partial(chunk, channel * each);
      for (int i = 0; i < each; i++) {
        sum += (double) walk.elements(chunk) * partials[at + i];
      }
    }
    return sum / walk.shape().channelLength();
  }

  /** Σ (x − mean)² of a channel from its parts' own: each adds its mean's distance (Chan, 1979). */
  private static double squares(ChannelWalk walk, float[] partials, int channel, double mean) {
    int each = walk.columnsOfChannel();
    double sum = 0;
    for (int chunk = 0; chunk < walk.chunks(); chunk++) {
      int at = walk.partial(chunk, channel * each);
      for (int i = 0; i < each; i++) {
        double distance = partials[at + i] - mean;
        sum += partials[at + i + walk.columns()] + walk.elements(chunk) * distance * distance;
      }
    }
    return sum;
  }

  private static void follow(Span running, int channel, double momentum, double statistic) {
    set(running, channel, (1 - momentum) * get(running, channel) + momentum * statistic);
  }

  private static double get(Span span, int index) {
    return CpuBuffer.floats(span)[span.offset() + index];
  }

  private static void set(Span span, int index, double value) {
    CpuBuffer.floats(span)[span.offset() + index] = (float) value;
  }

  @Override
  public void batchNormEvaluation(
      NormalizationShape shape,
      double epsilon,
      Span x,
      Span weight,
      Span bias,
      Span mean,
      Span variance,
      Span y) {
    NormalizationChecks.batchNormEvaluation(
        FLOAT32, shape, epsilon, x, weight, bias, mean, variance, y);
    ChannelWalk walk = ChannelWalk.of(context, shape);
    normalize(walk, epsilon, x, weight, bias, mean, variance, y);
  }

  private void normalize(
      ChannelWalk walk,
      double epsilon,
      Span x,
      Span weight,
      Span bias,
      Span mean,
      Span variance,
      Span y) {
    float[] k = context.scratch().floats(Scratch.Slot.COEFFICIENTS, 3L * walk.columns());
    for (int channel = 0; channel < walk.shape().channels(); channel++) {
      double factor = weight == null ? 1 : get(weight, channel);
      double scale = factor / Math.sqrt(get(variance, channel) + epsilon);
      spread(walk, k, 0, channel, get(mean, channel));
      spread(walk, k, 1, channel, scale);
      spread(walk, k, 2, channel, bias == null ? 0 : get(bias, channel));
    }
    walk.normalize(CpuBuffer.floats(x), x.offset(), k, CpuBuffer.floats(y), y.offset());
  }

  /** Stores a coefficient for each column of a channel. */
  private static void spread(ChannelWalk walk, float[] k, int row, int channel, double value) {
    int each = walk.columnsOfChannel();
    int from = row * walk.columns() + channel * each;
    for (int i = 0; i < each; i++) {
      k[from + i] = (float) value;
    }
  }

  @Override
  public void batchNormBackward(
      NormalizationShape shape,
      double epsilon,
      boolean statisticsOfInput,
      Span x,
      Span weight,
      Span mean,
      Span variance,
      Span dy,
      NormalizationGradients gradients) {
    NormalizationChecks.batchNormBackward(
        FLOAT32, shape, epsilon, x, weight, mean, variance, dy, gradients);
    ChannelWalk walk = ChannelWalk.of(context, shape);
    float[] k = context.scratch().floats(Scratch.Slot.COEFFICIENTS, 4L * walk.columns());
    for (int channel = 0; channel < shape.channels(); channel++) {
      spread(walk, k, 0, channel, get(mean, channel));
    }
    float[] xs = CpuBuffer.floats(x);
    float[] dys = CpuBuffer.floats(dy);
    float[] partials = partials(walk);
    walk.products(xs, x.offset(), dys, dy.offset(), k, partials);
    double share = statisticsOfInput ? 1.0 / shape.channelLength() : 0;
    forEachChannel(
        walk,
        channel -> {
          double inverse = 1 / Math.sqrt(get(variance, channel) + epsilon);
          double sum = sum(walk, partials, channel, 0);
          double product = sum(walk, partials, channel, walk.columns()) * inverse;
          double scale = inverse * (weight == null ? 1 : get(weight, channel));
          spread(walk, k, 1, channel, scale);
          spread(walk, k, 2, channel, -scale * inverse * product * share);
          spread(walk, k, 3, channel, -scale * sum * share);
          store(gradients.weight(), channel, product, gradients.addWeight());
          store(gradients.bias(), channel, sum, gradients.addBias());
        });
    if (gradients.input() != null) {
      Span dx = gradients.input();
      float[] out = CpuBuffer.floats(dx);
      walk.gradient(xs, x.offset(), dys, dy.offset(), k, out, dx.offset(), gradients.addInput());
    }
  }

  private static double sum(ChannelWalk walk, float[] partials, int channel, int row) {
    int each = walk.columnsOfChannel();
    double sum = 0;
    for (int chunk = 0; chunk < walk.chunks(); chunk++) {
      int at = walk.partial(chunk, channel * each) + row;
      for (int i = 0; i < each; i++) {
        sum += partials[at + i];
      }
    }
    return sum;
  }

  /** Stores a gradient that is wanted. */
  static void store(Span gradient, int index, double value, boolean accumulate) {
    if (gradient != null) {
      set(gradient, index, accumulate ? get(gradient, index) + value : value);
    }
  }

  @Override
  public void groupNorm(
      NormalizationShape shape,
      int groups,
      double epsilon,
      Span x,
      Span weight,
      Span bias,
      Span y,
      Span mean,
      Span variance) {
    NormalizationChecks.groupNorm(
        FLOAT32, shape, groups, epsilon, x, weight, bias, y, mean, variance);
    groupLines.forward(shape, groups, epsilon, x, weight, bias, y, mean, variance);
  }

  @Override
  public void groupNormBackward(
      NormalizationShape shape,
      int groups,
      double epsilon,
      Span x,
      Span weight,
      Span mean,
      Span variance,
      Span dy,
      NormalizationGradients gradients) {
    NormalizationChecks.groupNormBackward(
        FLOAT32, shape, groups, epsilon, x, weight, mean, variance, dy, gradients);
    groupLines.backward(shape, groups, epsilon, x, weight, mean, variance, dy, gradients);
  }
}
