package org.oncilla.tensor;

import java.util.Arrays;
import java.util.function.Consumer;
import org.oncilla.backend.Backend;
import org.oncilla.backend.NormalizationGradients;
import org.oncilla.backend.NormalizationShape;
import org.oncilla.backend.Span;

/** Batch, group and layer normalization and their gradients. */
final class NormalizationOps {
  private static final String BATCH_NORM = "batchNorm";
  private static final String GROUP_NORM = "groupNorm";
  private static final String LAYER_NORM = "layerNorm";

  private NormalizationOps() {}

  static Tensor batchNorm(
      Tensor x,
      Tensor weight,
      Tensor bias,
      Tensor runningMean,
      Tensor runningVariance,
      double momentum,
      double epsilon) {
    NormalizationShape shape = channels(BATCH_NORM, x, weight, bias);
    Shape perChannel = Shape.of(shape.channels());
    requireStatistic("running mean", runningMean, x, perChannel);
    requireStatistic("running variance", runningVariance, x, perChannel);
    Backend backend = x.backend();
    try (Tensor mean = Tensor.empty(backend, perChannel, BATCH_NORM);
        Tensor variance = Tensor.empty(backend, perChannel, BATCH_NORM)) {
      Tensor y =
          output(
              BATCH_NORM,
              x,
              span ->
                  backend
                      .normalization()
                      .batchNorm(
                          shape,
                          epsilon,
                          momentum,
                          x.span(),
                          span(weight),
                          span(bias),
                          span,
                          mean.span(),
                          variance.span(),
                          span(runningMean),
                          span(runningVariance)));
      if (runningMean != null) {
        runningMean.markWritten();
        runningVariance.markWritten();
      }
      return recordBatchNorm(shape, epsilon, true, x, weight, bias, mean, variance, y);
    }
  }

  static Tensor batchNormEvaluation(
      Tensor x, Tensor weight, Tensor bias, Tensor mean, Tensor variance, double epsilon) {
    NormalizationShape shape = channels(BATCH_NORM, x, weight, bias);
    Shape perChannel = Shape.of(shape.channels());
    requireStatistic("mean", Operands.values(BATCH_NORM, mean), x, perChannel);
    requireStatistic("variance", Operands.values(BATCH_NORM, variance), x, perChannel);
    Tensor y =
        output(
            BATCH_NORM,
            x,
            span ->
                x.backend()
                    .normalization()
                    .batchNormEvaluation(
                        shape,
                        epsilon,
                        x.span(),
                        span(weight),
                        span(bias),
                        mean.span(),
                        variance.span(),
                        span));
    return recordBatchNorm(shape, epsilon, false, x, weight, bias, mean, variance, y);
  }

  private static Tensor recordBatchNorm(
      NormalizationShape shape,
      double epsilon,
      boolean statisticsOfInput,
      Tensor x,
      Tensor weight,
      Tensor bias,
      Tensor mean,
      Tensor variance,
      Tensor y) {
    return record(
        BATCH_NORM,
        y,
        new Tensor[] {x, weight, bias},
        new Tensor[] {x, mean, variance},
        (dy, node, gradients) ->
            dy.backend()
                .normalization()
                .batchNormBackward(
                    shape,
                    epsilon,
                    statisticsOfInput,
                    node.saved(0).span(),
                    weight == null ? null : node.saved(3).span(),
                    node.saved(1).span(),
                    node.saved(2).span(),
                    dy.span(),
                    gradients));
  }

  static Tensor groupNorm(Tensor x, int groups, Tensor weight, Tensor bias, double epsilon) {
    NormalizationShape shape = channels(GROUP_NORM, x, weight, bias);
    return groupNorm(GROUP_NORM, shape, groups, x, weight, bias, epsilon);
  }

  static Tensor layerNorm(Tensor x, Shape normalized, Tensor weight, Tensor bias, double epsilon) {
    Operands.same(LAYER_NORM, x, weight, bias);
    int lead = x.shape().rank() - normalized.rank();
    boolean fits =
        normalized.rank() > 0
            && lead >= 0
            && Arrays.equals(
                Arrays.copyOfRange(x.shape().sizes(), lead, x.shape().rank()), normalized.sizes());
    if (!fits) {
      throw new IllegalArgumentException(
          LAYER_NORM
              + ": the last axes of an input of shape "
              + x.shape()
              + " must be the normalized shape "
              + normalized);
    }
    requireAffine(LAYER_NORM, weight, bias, normalized);
    int length = normalized.length();
    NormalizationShape shape = new NormalizationShape(x.shape().length() / length, length, 1);
    return groupNorm(LAYER_NORM, shape, 1, x, weight, bias, epsilon);
  }

  private static Tensor groupNorm(
      String operation,
      NormalizationShape shape,
      int groups,
      Tensor x,
      Tensor weight,
      Tensor bias,
      double epsilon) {
    Backend backend = x.backend();
    Shape perGroup = Shape.of(shape.batch(), Math.max(1, groups));
    try (Tensor mean = Tensor.empty(backend, perGroup, operation);
        Tensor variance = Tensor.empty(backend, perGroup, operation)) {
      Tensor y =
          output(
              operation,
              x,
              span ->
                  backend
                      .normalization()
                      .groupNorm(
                          shape,
                          groups,
                          epsilon,
                          x.span(),
                          span(weight),
                          span(bias),
                          span,
                          mean.span(),
                          variance.span()));
      return record(
          operation,
          y,
          new Tensor[] {x, weight, bias},
          new Tensor[] {x, mean, variance},
          (dy, node, gradients) ->
              backend
                  .normalization()
                  .groupNormBackward(
                      shape,
                      groups,
                      epsilon,
                      node.saved(0).span(),
                      weight == null ? null : node.saved(3).span(),
                      node.saved(1).span(),
                      node.saved(2).span(),
                      dy.span(),
                      gradients));
    }
  }

  /** A kernel that computes all gradients at once. */
  private interface Backward {
    void run(Tensor dy, Node node, NormalizationGradients gradients);
  }

  /** Records the operation; of the inputs x, weight and bias, the weight is saved too. */
  private static Tensor record(
      String operation, Tensor y, Tensor[] inputs, Tensor[] saved, Backward backward) {
    Tensor weight = inputs[1];
    Tensor[] all = Arrays.copyOf(saved, saved.length + (weight == null ? 0 : 1));
    if (weight != null) {
      all[saved.length] = weight;
    }
    return Node.record(
        operation,
        y,
        inputs,
        all,
        (dy, node) ->
            wanted(
                node,
                0,
                (dx, addX) ->
                    wanted(
                        node,
                        1,
                        (dw, addW) ->
                            wanted(
                                node,
                                2,
                                (db, addB) ->
                                    backward.run(
                                        dy,
                                        node,
                                        new NormalizationGradients(
                                            dx, addX, dw, addW, db, addB))))));
  }

  /** Hands over where a gradient goes, or null where it is not needed. */
  private static void wanted(Node node, int input, GradientSlot.Contribution kernel) {
    if (node.needs(input)) {
      node.into(input, kernel);
    } else {
      kernel.write(null, false);
    }
  }

  private static Tensor output(String operation, Tensor x, Consumer<Span> kernel) {
    Backend backend = x.backend();
    return Tensor.create(backend, backend.floatType(), x.shape(), operation, kernel::accept);
  }

  private static Span span(Tensor optional) {
    return optional == null ? null : optional.span();
  }

  /** The sizes of an input [N, C, …], with a weight and bias that fit. */
  private static NormalizationShape channels(
      String operation, Tensor x, Tensor weight, Tensor bias) {
    Operands.same(operation, x, weight, bias);
    Shape sizes = x.shape();
    if (sizes.rank() < 2) {
      throw new IllegalArgumentException(
          operation + ": the input must be [N, C, …], but has shape " + sizes);
    }
    int channels = sizes.size(1);
    requireAffine(operation, weight, bias, Shape.of(channels));
    return new NormalizationShape(sizes.size(0), channels, sizes.length(2, sizes.rank()));
  }

  private static void requireAffine(String operation, Tensor weight, Tensor bias, Shape expected) {
    requireShape(operation, "weight", weight, expected);
    requireShape(operation, "bias", bias, expected);
    if (weight != null && weight == bias) {
      throw new IllegalArgumentException(
          operation + ": weight and bias are the same tensor; make one for each");
    }
  }

  private static void requireShape(String operation, String what, Tensor tensor, Shape expected) {
    if (tensor != null && !tensor.shape().equals(expected)) {
      throw new IllegalArgumentException(
          operation
              + ": the "
              + what
              + " must have shape "
              + expected
              + ", but has shape "
              + tensor.shape());
    }
  }

  private static void requireStatistic(String what, Tensor statistic, Tensor x, Shape expected) {
    Operands.same(BATCH_NORM, x, statistic);
    requireShape(BATCH_NORM, what, statistic, expected);
  }
}
