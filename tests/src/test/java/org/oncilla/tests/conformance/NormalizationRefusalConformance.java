package org.oncilla.tests.conformance;

import static org.oncilla.tests.conformance.RefusalConformance.refuses;

import org.oncilla.backend.Backend;
import org.oncilla.backend.NormalizationGradients;
import org.oncilla.backend.NormalizationShape;

/** {@link RefusalConformance} of normalization. */
class NormalizationRefusalConformance {
  private static final NormalizationShape NORMALIZATION = new NormalizationShape(2, 4, 3);

  @OnEveryBackend(referenceToo = true)
  void normalization(BackendUnderTest target) {
    refuses(
        target,
        "batch norm: training needs more than 1 value of each channel, but x is [1, 4, 1]; leave a"
            + " last batch of 1 sample out by batches(size).dropLast(), or switch the model to eval()",
        (on, s) -> batchNorm(on, s, new NormalizationShape(1, 4, 1), 1e-5, 0.1, 4, 4));
    for (double momentum : new double[] {-0.1, 1.1, Double.NaN}) {
      refuses(
          target,
          "batch norm: momentum " + momentum + " must be in [0, 1]",
          (on, s) -> batchNorm(on, s, NORMALIZATION, 1e-5, momentum, 24, 4));
    }
    for (double epsilon : new double[] {0, -1, 1e-60, Double.NaN, Double.POSITIVE_INFINITY}) {
      refuses(
          target,
          "batch norm: epsilon must be finite and above 0 in single precision, not " + epsilon,
          (on, s) -> batchNorm(on, s, NORMALIZATION, epsilon, 0.1, 24, 4));
    }
    refuses(
        target,
        "batch norm: x has 23 elements, but the shape demands 24",
        (on, s) -> batchNorm(on, s, NORMALIZATION, 1e-5, 0.1, 23, 4));
    refuses(
        target,
        "batch norm: weight has 3 elements, but the shape demands 4",
        (on, s) -> batchNorm(on, s, NORMALIZATION, 1e-5, 0.1, 24, 3));
    refuses(
        target,
        "batch norm: runningMean is missing; give both running statistics or none",
        (on, s) ->
            on.normalization()
                .batchNorm(
                    NORMALIZATION,
                    1e-5,
                    0.1,
                    s.values(24),
                    null,
                    null,
                    s.values(24),
                    s.values(4),
                    s.values(4),
                    null,
                    s.values(4)));
    refuses(
        target,
        "batch norm: mean is missing",
        (on, s) ->
            on.normalization()
                .batchNormEvaluation(
                    NORMALIZATION,
                    1e-5,
                    s.values(24),
                    null,
                    null,
                    null,
                    s.values(4),
                    s.values(24)));
    refuses(
        target,
        "batch norm backward: db has 5 elements, but the shape demands 4",
        (on, s) ->
            on.normalization()
                .batchNormBackward(
                    NORMALIZATION,
                    1e-5,
                    true,
                    s.values(24),
                    null,
                    s.values(4),
                    s.values(4),
                    s.values(24),
                    new NormalizationGradients(
                        null, false, s.values(4), false, s.values(5), false)));
  }

  private static void batchNorm(
      Backend on,
      Scratch s,
      NormalizationShape shape,
      double epsilon,
      double momentum,
      int xs,
      int weights) {
    on.normalization()
        .batchNorm(
            shape,
            epsilon,
            momentum,
            s.values(xs),
            s.values(weights),
            null,
            s.values(shape.length()),
            s.values(4),
            s.values(4),
            null,
            null);
  }

  @OnEveryBackend(referenceToo = true)
  void groupNormalization(BackendUnderTest target) {
    for (int groups : new int[] {0, 3, 8}) {
      refuses(
          target,
          "group norm: groups " + groups + " must divide the 4 channels",
          (on, s) ->
              on.normalization()
                  .groupNorm(
                      NORMALIZATION,
                      groups,
                      1e-5,
                      s.values(24),
                      null,
                      null,
                      s.values(24),
                      s.values(4),
                      s.values(4)));
    }
    refuses(
        target,
        "group norm: variance has 2 elements, but the shape demands 4",
        (on, s) ->
            on.normalization()
                .groupNorm(
                    NORMALIZATION,
                    2,
                    1e-5,
                    s.values(24),
                    s.values(4),
                    s.values(4),
                    s.values(24),
                    s.values(4),
                    s.values(2)));
    refuses(
        target,
        "group norm backward: dx has 4 elements, but the shape demands 24",
        (on, s) ->
            on.normalization()
                .groupNormBackward(
                    NORMALIZATION,
                    2,
                    1e-5,
                    s.values(24),
                    s.values(4),
                    s.values(4),
                    s.values(4),
                    s.values(24),
                    new NormalizationGradients(s.values(4), true, null, true, null, true)));
  }
}
