package org.oncilla.backend;

/** The checks of {@link NormalizationKernels}; see {@link ArgumentChecks}. */
public final class NormalizationChecks {
  private static final String BATCH_NORM = "batch norm";
  private static final String GROUP_NORM = "group norm";
  private static final String BACKWARD = " backward";

  private NormalizationChecks() {}

  /** {@link NormalizationKernels#batchNorm}. */
  public static String batchNorm(
      DType values,
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
    requireSeveral(BATCH_NORM, shape);
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException(
          BATCH_NORM + ": momentum " + momentum + " must be in [0, 1]");
    }
    forward(BATCH_NORM, values, shape, epsilon, x, weight, bias, y);
    statistics(BATCH_NORM, values, shape.channels(), mean, variance);
    if ((runningMean == null) != (runningVariance == null)) {
      throw new IllegalArgumentException(
          BATCH_NORM
              + ": "
              + (runningMean == null ? "runningMean" : "runningVariance")
              + " is missing; give both running statistics or none");
    }
    optional(BATCH_NORM, "runningMean", runningMean, values, shape.channels());
    optional(BATCH_NORM, "runningVariance", runningVariance, values, shape.channels());
    return BATCH_NORM;
  }

  /** The unbiased variance of one value, and a gradient through it, do not exist. */
  private static void requireSeveral(String operation, NormalizationShape shape) {
    if (shape.channelLength() == 1) {
      throw new IllegalArgumentException(
          operation
              + ": training needs more than 1 value of each channel, but x is ["
              + shape.batch()
              + ", "
              + shape.channels()
              + ", "
              + shape.spatial()
              + "]; leave a last batch of 1 sample out by batches(size).dropLast(), or switch the"
              + " model to eval()");
    }
  }

  /** {@link NormalizationKernels#batchNormEvaluation}. */
  public static String batchNormEvaluation(
      DType values,
      NormalizationShape shape,
      double epsilon,
      Span x,
      Span weight,
      Span bias,
      Span mean,
      Span variance,
      Span y) {
    forward(BATCH_NORM, values, shape, epsilon, x, weight, bias, y);
    statistics(BATCH_NORM, values, shape.channels(), mean, variance);
    return BATCH_NORM;
  }

  /** {@link NormalizationKernels#batchNormBackward}. */
  public static String batchNormBackward(
      DType values,
      NormalizationShape shape,
      double epsilon,
      Span x,
      Span weight,
      Span mean,
      Span variance,
      Span dy,
      NormalizationGradients gradients) {
    String operation = BATCH_NORM + BACKWARD;
    statistics(operation, values, shape.channels(), mean, variance);
    backward(operation, values, shape, epsilon, x, weight, dy, gradients);
    return operation;
  }

  /** {@link NormalizationKernels#groupNorm}. */
  public static String groupNorm(
      DType values,
      NormalizationShape shape,
      int groups,
      double epsilon,
      Span x,
      Span weight,
      Span bias,
      Span y,
      Span mean,
      Span variance) {
    groups(GROUP_NORM, shape, groups);
    forward(GROUP_NORM, values, shape, epsilon, x, weight, bias, y);
    statistics(GROUP_NORM, values, shape.batch() * groups, mean, variance);
    return GROUP_NORM;
  }

  /** {@link NormalizationKernels#groupNormBackward}. */
  public static String groupNormBackward(
      DType values,
      NormalizationShape shape,
      int groups,
      double epsilon,
      Span x,
      Span weight,
      Span mean,
      Span variance,
      Span dy,
      NormalizationGradients gradients) {
    String operation = GROUP_NORM + BACKWARD;
    groups(operation, shape, groups);
    statistics(operation, values, shape.batch() * groups, mean, variance);
    backward(operation, values, shape, epsilon, x, weight, dy, gradients);
    return operation;
  }

  private static void groups(String operation, NormalizationShape shape, int groups) {
    if (groups < 1 || shape.channels() % groups != 0) {
      throw new IllegalArgumentException(
          operation + ": groups " + groups + " must divide the " + shape.channels() + " channels");
    }
  }

  private static void forward(
      String operation,
      DType values,
      NormalizationShape shape,
      double epsilon,
      Span x,
      Span weight,
      Span bias,
      Span y) {
    epsilon(operation, epsilon);
    SpanChecks.require(operation, "x", x, values, shape.length());
    optional(operation, "weight", weight, values, shape.channels());
    optional(operation, "bias", bias, values, shape.channels());
    SpanChecks.require(operation, "y", y, values, shape.length());
  }

  private static void backward(
      String operation,
      DType values,
      NormalizationShape shape,
      double epsilon,
      Span x,
      Span weight,
      Span dy,
      NormalizationGradients gradients) {
    epsilon(operation, epsilon);
    SpanChecks.require(operation, "x", x, values, shape.length());
    optional(operation, "weight", weight, values, shape.channels());
    SpanChecks.require(operation, "dy", dy, values, shape.length());
    optional(operation, "dx", gradients.input(), values, shape.length());
    optional(operation, "dw", gradients.weight(), values, shape.channels());
    optional(operation, "db", gradients.bias(), values, shape.channels());
  }

  private static void epsilon(String operation, double epsilon) {
    if (!((float) epsilon > 0 && epsilon < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          operation + ": epsilon must be finite and above 0 in single precision, not " + epsilon);
    }
  }

  private static void statistics(
      String operation, DType values, int length, Span mean, Span variance) {
    SpanChecks.require(operation, "mean", mean, values, length);
    SpanChecks.require(operation, "variance", variance, values, length);
  }

  private static void optional(
      String operation, String argument, Span span, DType values, int length) {
    if (span != null) {
      SpanChecks.require(operation, argument, span, values, length);
    }
  }
}
