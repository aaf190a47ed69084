package org.oncilla.opencl;

import org.oncilla.backend.DType;
import org.oncilla.backend.NormalizationChecks;
import org.oncilla.backend.NormalizationGradients;
import org.oncilla.backend.NormalizationKernels;
import org.oncilla.backend.NormalizationShape;
import org.oncilla.backend.Span;

/**
 * Normalization by normalization.cl: batch normalization in two launches each way, group
 * normalization in one forward and in up to three backward.
 */
final class OpenClNormalization implements NormalizationKernels {
  /** Which of the optional arguments are there; the numbers are those of normalization.cl. */
  private static final int HAS_WEIGHT = 1;

  private static final int HAS_BIAS = 2;
  private static final int HAS_RUNNING = 4;
  private static final int WANTS_INPUT = 8;
  private static final int ADDS_INPUT = 16;
  private static final int WANTS_WEIGHT = 32;
  private static final int ADDS_WEIGHT = 64;
  private static final int WANTS_BIAS = 128;
  private static final int ADDS_BIAS = 256;

  /** Each work-item reads the partial results of all chunks of its channel. */
  private static final int MOST_CHUNKS = 64;

  /** Elements a work-item should have before another one shares its group of channels. */
  private static final int ELEMENTS_PER_LANE = 8;

  private final OpenClRuntime runtime;
  private final OpenClGroups groups;

  OpenClNormalization(OpenClRuntime runtime) {
    this.runtime = runtime;
    groups = new OpenClGroups(runtime, "normalization");
  }

  /** The chunks of channels, which two kernels must agree on. */
  private record Cut(NormalizationShape shape, int chunk, int chunks) {
    int lines() {
      return chunks * shape.channels();
    }

    int partials() {
      return Math.multiplyExact(2 * chunks, shape.channels());
    }
  }

  private Cut cut(NormalizationShape shape, OpenClGroups.Fitted kernel) {
    int elements = shape.channelLength();
    boolean neighbours = shape.spatial() == 1;
    int wanted =
        LineCut.chunk(runtime.profile(), neighbours, shape.channels(), elements, kernel.size());
    int chunk = Math.max(wanted, (elements - 1) / MOST_CHUNKS + 1);
    return new Cut(shape, chunk, (elements - 1) / chunk + 1);
  }

  private int lanes(Cut cut, OpenClGroups.Fitted kernel) {
    boolean neighbours = cut.shape().spatial() == 1;
    return LineCut.lanes(runtime.profile(), neighbours, cut.lines(), cut.chunk(), kernel.size());
  }

  private static int[] struct(Cut cut, int lanes) {
    NormalizationShape shape = cut.shape();
    return new KernelStruct()
        .ints(shape.channelLength(), cut.chunk(), cut.chunks(), lanes)
        .divisor(shape.channels())
        .divisor(shape.spatial())
        .toArray();
  }

  private static int has(Span optional, int option) {
    return optional == null ? 0 : option;
  }

  private static int wants(NormalizationGradients gradients) {
    return has(gradients.input(), WANTS_INPUT)
        | has(gradients.weight(), WANTS_WEIGHT)
        | has(gradients.bias(), WANTS_BIAS)
        | (gradients.addInput() ? ADDS_INPUT : 0)
        | (gradients.addWeight() ? ADDS_WEIGHT : 0)
        | (gradients.addBias() ? ADDS_BIAS : 0);
  }

  /** What stands for an argument that is not there and that the kernel does not touch. */
  private static Span or(Span optional, Span other) {
    return optional == null ? other : optional;
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
    String operation =
        NormalizationChecks.batchNorm(
            DType.FLOAT32,
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
    OpenClGroups.Fitted moments = groups.kernel("batch_norm_moments");
    OpenClGroups.Fitted output = groups.kernel("batch_norm");
    Cut cut = cut(shape, moments);
    int options = has(weight, HAS_WEIGHT) | has(bias, HAS_BIAS) | has(runningMean, HAS_RUNNING);
    runtime.withScratch(
        operation,
        cut.partials(),
        partials -> {
          int lanes = lanes(cut, moments);
          groups
              .launch(operation, moments)
              .span(x)
              .span(partials)
              .ints(struct(cut, lanes))
              .enqueueLines(cut.lines(), lanes, moments.size());
          lanes = lanes(cut, output);
          groups
              .launch(operation, output)
              .span(x)
              .span(or(weight, x))
              .span(or(bias, x))
              .span(partials)
              .span(y)
              .span(mean)
              .span(variance)
              .span(or(runningMean, mean))
              .span(or(runningVariance, variance))
              .ints(struct(cut, lanes))
              .number(epsilon)
              .number(momentum)
              .number(1 - momentum)
              .ints(options)
              .enqueueLines(cut.lines(), lanes, output.size());
        });
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
    String operation =
        NormalizationChecks.batchNormEvaluation(
            DType.FLOAT32, shape, epsilon, x, weight, bias, mean, variance, y);
    groups
        .launch(operation, groups.kernel("batch_norm_evaluation"))
        .span(x)
        .span(or(weight, x))
        .span(or(bias, x))
        .span(mean)
        .span(variance)
        .span(y)
        .ints(shape.length())
        .ints(KernelStruct.divisorOf(shape.channels()))
        .ints(KernelStruct.divisorOf(shape.spatial()))
        .number(epsilon)
        .ints(has(weight, HAS_WEIGHT) | has(bias, HAS_BIAS))
        .enqueueFlexibly(shape.length(), runtime.profile().scalarGroup());
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
    String operation =
        NormalizationChecks.batchNormBackward(
            DType.FLOAT32, shape, epsilon, x, weight, mean, variance, dy, gradients);
    OpenClGroups.Fitted sums = groups.kernel("batch_norm_sums");
    OpenClGroups.Fitted output = groups.kernel("batch_norm_backward");
    Cut cut = cut(shape, sums);
    runtime.withScratch(
        operation,
        cut.partials(),
        partials -> {
          int lanes = lanes(cut, sums);
          groups
              .launch(operation, sums)
              .span(x)
              .span(dy)
              .span(mean)
              .span(partials)
              .ints(struct(cut, lanes))
              .enqueueLines(cut.lines(), lanes, sums.size());
          lanes = lanes(cut, output);
          groups
              .launch(operation, output)
              .span(x)
              .span(dy)
              .span(or(weight, x))
              .span(mean)
              .span(variance)
              .span(partials)
              .span(or(gradients.input(), partials))
              .span(or(gradients.weight(), partials))
              .span(or(gradients.bias(), partials))
              .ints(struct(cut, lanes))
              .number(epsilon)
              .number(statisticsOfInput ? 1.0 / shape.channelLength() : 0)
              .ints(has(weight, HAS_WEIGHT) | wants(gradients))
              .enqueueLines(cut.lines(), lanes, output.size());
        });
  }

  @Override
  public void groupNorm(
      NormalizationShape shape,
      int groupCount,
      double epsilon,
      Span x,
      Span weight,
      Span bias,
      Span y,
      Span mean,
      Span variance) {
    String operation =
        NormalizationChecks.groupNorm(
            DType.FLOAT32, shape, groupCount, epsilon, x, weight, bias, y, mean, variance);
    OpenClGroups.Fitted kernel = groups.kernel("group_norm");
    int lanes = lanes(shape, groupCount, kernel);
    groups
        .launch(operation, kernel)
        .span(x)
        .span(or(weight, x))
        .span(or(bias, x))
        .span(y)
        .span(mean)
        .span(variance)
        .ints(struct(shape, groupCount, lanes))
        .number(epsilon)
        .ints(has(weight, HAS_WEIGHT) | has(bias, HAS_BIAS))
        .enqueueLines(shape.batch() * groupCount, lanes, kernel.size());
  }

  private int lanes(NormalizationShape shape, int groupCount, OpenClGroups.Fitted kernel) {
    int length = shape.groupLength(groupCount);
    return runtime.profile().lanesOfLine(length, ELEMENTS_PER_LANE, kernel.size());
  }

  private static int[] struct(NormalizationShape shape, int groupCount, int lanes) {
    return new KernelStruct()
        .ints(shape.groupLength(groupCount), shape.batch() * groupCount, lanes)
        .divisor(groupCount)
        .divisor(shape.channels() / groupCount)
        .divisor(shape.spatial())
        .toArray();
  }

  @Override
  public void groupNormBackward(
      NormalizationShape shape,
      int groupCount,
      double epsilon,
      Span x,
      Span weight,
      Span mean,
      Span variance,
      Span dy,
      NormalizationGradients gradients) {
    String operation =
        NormalizationChecks.groupNormBackward(
            DType.FLOAT32, shape, groupCount, epsilon, x, weight, mean, variance, dy, gradients);
    if (gradients.input() != null) {
      OpenClGroups.Fitted kernel = groups.kernel("group_norm_backward");
      int lanes = lanes(shape, groupCount, kernel);
      groups
          .launch(operation, kernel)
          .span(x)
          .span(dy)
          .span(or(weight, x))
          .span(mean)
          .span(variance)
          .span(gradients.input())
          .ints(struct(shape, groupCount, lanes))
          .number(epsilon)
          .ints(has(weight, HAS_WEIGHT) | wants(gradients))
          .enqueueLines(shape.batch() * groupCount, lanes, kernel.size());
    }
    if (gradients.weight() != null || gradients.bias() != null) {
      parameterGradients(operation, shape, groupCount, epsilon, x, mean, variance, dy, gradients);
    }
  }

  private void parameterGradients(
      String operation,
      NormalizationShape shape,
      int groupCount,
      double epsilon,
      Span x,
      Span mean,
      Span variance,
      Span dy,
      NormalizationGradients gradients) {
    OpenClGroups.Fitted sums = groups.kernel("group_norm_sums");
    Cut cut = cut(shape, sums);
    int lanes = lanes(cut, sums);
    runtime.withScratch(
        operation,
        cut.partials(),
        partials -> {
          groups
              .launch(operation, sums)
              .span(x)
              .span(dy)
              .span(mean)
              .span(variance)
              .span(partials)
              .ints(struct(cut, lanes))
              .ints(groupCount)
              .ints(KernelStruct.divisorOf(shape.channels() / groupCount))
              .number(epsilon)
              .enqueueLines(cut.lines(), lanes, sums.size());
          groups
              .launch(operation, groups.kernel("group_norm_parameters"))
              .span(partials)
              .span(or(gradients.weight(), partials))
              .span(or(gradients.bias(), partials))
              .ints(shape.channels())
              .ints(cut.chunks())
              .ints(wants(gradients))
              .enqueueFlexibly(shape.channels(), runtime.profile().scalarGroup());
        });
  }
}
