package org.oncilla.cpu;

import java.util.Arrays;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.NormalizationGradients;
import org.oncilla.backend.NormalizationShape;
import org.oncilla.backend.Span;
import org.oncilla.cpu.simd.ElementwiseOps;
import org.oncilla.cpu.simd.NormalizationOps;

/**
 * Group normalization. A line is a group of channels of one sample: its elements lie side by side.
 * Where a channel is a long run, its weight and bias are numbers; else they are rows of values, one
 * for each element of a sample.
 */
final class GroupLines {
  /** Shares of the batch that add up gradients of weights apart. */
  private static final int MOST_SHARES = 64;

  private final CpuContext context;
  private final ElementwiseOps elementwise;
  private final NormalizationOps ops;

  GroupLines(CpuContext context) {
    this.context = context;
    elementwise = context.simd().elementwise();
    ops = context.simd().normalization();
  }

  /** The arguments of one call. */
  private record Call(
      NormalizationShape shape,
      int groups,
      double epsilon,
      Span x,
      Span weight,
      Span mean,
      Span variance) {
    int lineLength() {
      return shape.groupLength(groups);
    }

    int lines() {
      return shape.batch() * groups;
    }

    int sampleLength() {
      return shape.channels() * shape.spatial();
    }

    float[] xs() {
      return CpuBuffer.floats(x);
    }

    /** Where a line begins in an array with one value for each element of a sample. */
    int withinSample(int line) {
      return line % groups * lineLength();
    }

    int at(Span span, int line) {
      return span.offset() + line * lineLength();
    }

    float mean(int line) {
      return CpuBuffer.floats(mean)[mean.offset() + line];
    }

    double inverseDeviation(int line) {
      return 1 / Math.sqrt(CpuBuffer.floats(variance)[variance.offset() + line] + epsilon);
    }

    float weight(int channel) {
      return weight == null ? 1 : CpuBuffer.floats(weight)[weight.offset() + channel];
    }
  }

  void forward(
      NormalizationShape shape,
      int groups,
      double epsilon,
      Span x,
      Span weight,
      Span bias,
      Span y,
      Span mean,
      Span variance) {
    Call call = new Call(shape, groups, epsilon, x, weight, mean, variance);
    boolean runs = ChannelWalk.hasRuns(shape);
    Row weights = runs ? null : row(shape, weight, 0);
    Row biases = runs ? null : row(shape, bias, 1);
    forEachLine(
        call,
        line -> {
          statistics(call, line);
          if (runs) {
            normalizeRuns(call, line, bias, y);
          } else {
            normalizeLine(call, line, weights, biases, y);
          }
        });
  }

  private void forEachLine(Call call, ThreadTeam.Task body) {
    context.forEachChunk(
        call.lines(),
        Math.max(1, CpuContext.CHUNK / call.lineLength()),
        (from, to) -> {
          for (int line = from; line < to; line++) {
            body.run(line);
          }
        });
  }

  /** A value for each element of a sample: an array and where it begins in it. */
  private record Row(float[] values, int offset) {}

  /** The values of a weight or bias spread to the elements of a sample; null for none. */
  private Row row(NormalizationShape shape, Span perChannel, int index) {
    if (perChannel == null) {
      return null;
    }
    float[] values = CpuBuffer.floats(perChannel);
    int spatial = shape.spatial();
    if (spatial == 1) {
      return new Row(values, perChannel.offset());
    }
    int length = shape.channels() * spatial;
    float[] rows = context.scratch().floats(Scratch.Slot.COEFFICIENTS, 2L * length);
    for (int channel = 0; channel < shape.channels(); channel++) {
      int from = index * length + channel * spatial;
      Arrays.fill(rows, from, from + spatial, values[perChannel.offset() + channel]);
    }
    return new Row(rows, index * length);
  }

  private void statistics(Call call, int line) {
    int length = call.lineLength();
    int from = call.at(call.x(), line);
    float[] x = call.xs();
    float[] two = context.scratch().floats(Scratch.Slot.BLOCK, 2);
    // As distances from the first element, so that equal ones have no variance.
    double sum = 0;
    for (int i = 0; i < length; i += CpuContext.CHUNK) {
      ops.deviations(x, from + i, x[from], Math.min(CpuContext.CHUNK, length - i), two, 0);
      sum += two[0];
    }
    float mean = (float) (x[from] + sum / length);
    double deviations = 0;
    double squares = 0;
    for (int i = 0; i < length; i += CpuContext.CHUNK) {
      ops.deviations(x, from + i, mean, Math.min(CpuContext.CHUNK, length - i), two, 0);
      deviations += two[0];
      squares += two[1];
    }
    double correction = deviations / length;
    Span means = call.mean();
    Span variances = call.variance();
    CpuBuffer.floats(means)[means.offset() + line] = (float) (mean + correction);
    CpuBuffer.floats(variances)[variances.offset() + line] =
        (float) Math.max(0, squares / length - correction * correction);
  }

  private void normalizeRuns(Call call, int line, Span bias, Span y) {
    int spatial = call.shape().spatial();
    int channels = call.shape().channels() / call.groups();
    int firstChannel = line % call.groups() * channels;
    double inverse = call.inverseDeviation(line);
    for (int i = 0; i < channels; i++) {
      int channel = firstChannel + i;
      ops.normalize(
          call.xs(),
          call.at(call.x(), line) + i * spatial,
          call.mean(line),
          (float) (inverse * call.weight(channel)),
          bias == null ? 0 : CpuBuffer.floats(bias)[bias.offset() + channel],
          CpuBuffer.floats(y),
          call.at(y, line) + i * spatial,
          spatial);
    }
  }

  private void normalizeLine(Call call, int line, Row weights, Row biases, Span y) {
    int length = call.lineLength();
    float inverse = (float) call.inverseDeviation(line);
    float[] out = CpuBuffer.floats(y);
    int to = call.at(y, line);
    ops.normalize(call.xs(), call.at(call.x(), line), call.mean(line), inverse, 0, out, to, length);
    combine(BinaryOp.MULTIPLY, call, line, weights, out, to);
    combine(BinaryOp.ADD, call, line, biases, out, to);
  }

  private void combine(BinaryOp op, Call call, int line, Row row, float[] out, int to) {
    if (row != null) {
      int from = row.offset() + call.withinSample(line);
      elementwise.binary(op, out, to, row.values(), from, out, to, call.lineLength());
    }
  }

  void backward(
      NormalizationShape shape,
      int groups,
      double epsilon,
      Span x,
      Span weight,
      Span mean,
      Span variance,
      Span dy,
      NormalizationGradients gradients) {
    Call call = new Call(shape, groups, epsilon, x, weight, mean, variance);
    if (ChannelWalk.hasRuns(shape)) {
      backwardRuns(call, dy, gradients);
      return;
    }
    if (gradients.input() != null) {
      Row weights = row(shape, weight, 0);
      forEachLine(call, line -> inputGradient(call, line, weights, dy, gradients));
    }
    if (gradients.weight() != null || gradients.bias() != null) {
      parameterGradients(call, dy, gradients);
    }
  }

  /** Each channel's sums serve its line's gradient, and then those of its weight and bias. */
  private void backwardRuns(Call call, Span dy, NormalizationGradients gradients) {
    int channels = call.shape().channels();
    int batch = call.shape().batch();
    float[] partials = context.scratch().floats(Scratch.Slot.PARTIAL_SUMS, 2L * batch * channels);
    forEachLine(call, line -> backwardRuns(call, line, dy, gradients, partials));
    for (int channel = 0; channel < channels; channel++) {
      double products = 0;
      double sums = 0;
      for (int sample = 0; sample < batch; sample++) {
        int at = 2 * (sample * channels + channel);
        sums += partials[at];
        products += partials[at + 1];
      }
      CpuNormalization.store(gradients.weight(), channel, products, gradients.addWeight());
      CpuNormalization.store(gradients.bias(), channel, sums, gradients.addBias());
    }
  }

  /** Leaves Σ dy and Σ dy·x̂ of each channel of a line in the partial results. */
  private void backwardRuns(
      Call call, int line, Span dy, NormalizationGradients gradients, float[] partials) {
    int spatial = call.shape().spatial();
    int channels = call.shape().channels() / call.groups();
    int firstChannel = line % call.groups() * channels;
    float mean = call.mean(line);
    double inverse = call.inverseDeviation(line);
    int xo = call.at(call.x(), line);
    int dyo = call.at(dy, line);
    float[] dys = CpuBuffer.floats(dy);
    double sum = 0;
    double product = 0;
    for (int i = 0; i < channels; i++) {
      int at = 2 * (line * channels + i);
      ops.products(
          call.xs(), xo + i * spatial, mean, dys, dyo + i * spatial, spatial, partials, at);
      partials[at + 1] *= (float) inverse;
      sum += (double) call.weight(firstChannel + i) * partials[at];
      product += (double) call.weight(firstChannel + i) * partials[at + 1];
    }
    if (gradients.input() == null) {
      return;
    }
    int dxo = call.at(gradients.input(), line);
    float[] out = CpuBuffer.floats(gradients.input());
    for (int i = 0; i < channels; i++) {
      int run = i * spatial;
      double scale = inverse * call.weight(firstChannel + i);
      ops.gradient(
          coefficients(call, mean, inverse, scale, sum, product),
          call.xs(),
          xo + run,
          dys,
          dyo + run,
          out,
          dxo + run,
          spatial,
          gradients.addInput());
    }
  }

  /** dx = scale·dy − (Σ g + x̂·Σ g·x̂) / (m·√(variance + ε)). */
  private static NormalizationOps.Gradient coefficients(
      Call call, float mean, double inverse, double scale, double sum, double product) {
    double share = inverse / call.lineLength();
    return new NormalizationOps.Gradient(
        mean, (float) scale, (float) (-share * inverse * product), (float) (-share * sum));
  }

  private void inputGradient(
      Call call, int line, Row weights, Span dy, NormalizationGradients gradients) {
    int length = call.lineLength();
    float[] scaled = CpuBuffer.floats(dy);
    int so = call.at(dy, line);
    if (weights != null) {
      float[] block = context.scratch().floats(Scratch.Slot.BLOCK, length);
      System.arraycopy(scaled, so, block, 0, length);
      combine(BinaryOp.MULTIPLY, call, line, weights, block, 0);
      scaled = block;
      so = 0;
    }
    float mean = call.mean(line);
    double inverse = call.inverseDeviation(line);
    int xo = call.at(call.x(), line);
    float[] two = context.scratch().floats(Scratch.Slot.OTHER_BLOCK, 2);
    double sum = 0;
    double product = 0;
    for (int i = 0; i < length; i += CpuContext.CHUNK) {
      int n = Math.min(CpuContext.CHUNK, length - i);
      ops.products(call.xs(), xo + i, mean, scaled, so + i, n, two, 0);
      sum += two[0];
      product += two[1] * inverse;
    }
    ops.gradient(
        coefficients(call, mean, inverse, inverse, sum, product),
        call.xs(),
        xo,
        scaled,
        so,
        CpuBuffer.floats(gradients.input()),
        call.at(gradients.input(), line),
        length,
        gradients.addInput());
  }

  /** Adds up shares of the batch, each with a sum for each element of a sample, and then those. */
  private void parameterGradients(Call call, Span dy, NormalizationGradients gradients) {
    NormalizationShape shape = call.shape();
    int length = call.sampleLength();
    int samples =
        Math.max(Math.max(1, CpuContext.CHUNK / length), Ceil.div(shape.batch(), MOST_SHARES));
    int shares = Ceil.div(shape.batch(), samples);
    float[] partials = context.scratch().floats(Scratch.Slot.PARTIAL_SUMS, 2L * shares * length);
    context.forEachChunk(
        shape.batch(),
        samples,
        (first, last) -> {
          int sums = 2 * (first / samples) * length;
          addUp(call, first * call.groups(), last * call.groups(), dy, partials, sums);
        });
    int spatial = shape.spatial();
    for (int channel = 0; channel < shape.channels(); channel++) {
      double sum = 0;
      double product = 0;
      for (int share = 0; share < shares; share++) {
        int at = 2 * share * length + channel * spatial;
        for (int i = 0; i < spatial; i++) {
          sum += partials[at + i];
          product += partials[at + length + i];
        }
      }
      CpuNormalization.store(gradients.weight(), channel, product, gradients.addWeight());
      CpuNormalization.store(gradients.bias(), channel, sum, gradients.addBias());
    }
  }

  /** Σ dy and Σ dy·x̂ of each element of a sample, over the lines of some samples. */
  private void addUp(Call call, int firstLine, int lastLine, Span dy, float[] partials, int sums) {
    int products = sums + call.sampleLength();
    int length = call.lineLength();
    Arrays.fill(partials, sums, products + call.sampleLength(), 0f);
    float[] block = context.scratch().floats(Scratch.Slot.BLOCK, length);
    float[] dys = CpuBuffer.floats(dy);
    for (int line = firstLine; line < lastLine; line++) {
      int within = call.withinSample(line);
      float inverse = (float) call.inverseDeviation(line);
      int xo = call.at(call.x(), line);
      int dyo = call.at(dy, line);
      ops.normalize(call.xs(), xo, call.mean(line), inverse, 0, block, 0, length);
      elementwise.binary(BinaryOp.MULTIPLY, block, 0, dys, dyo, block, 0, length);
      add(block, 0, partials, products + within, length);
      add(dys, dyo, partials, sums + within, length);
    }
  }

  private void add(float[] x, int xo, float[] sum, int so, int n) {
    elementwise.binary(BinaryOp.ADD, sum, so, x, xo, sum, so, n);
  }
}
