package org.oncilla.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oncilla.backend.NormalizationGradients;
import org.oncilla.backend.NormalizationShape;
import org.oncilla.backend.Span;

class NormalizationConformance {
  private static final double EPSILON = 1e-5;

  /** Samples, channels, elements of a channel. */
  private static final int[][] BATCHES = {
    {1, 1, 2},
    {2, 1, 1},
    {64, 10, 1},
    {3, 5, 7},
    {5, 4, 31},
    {2, 3, 32},
    {2, 3, 33},
    {1, 7, 100},
    {33, 6, 196},
    {3000, 2, 1},
    {3, 1100, 1},
    {4, 40, 30},
    {300, 1, 64},
    {1, 1, 20_000},
    {70, 300, 5}
  };

  /** Samples, channels, elements of a channel, groups. */
  private static final int[][] GROUPS = {
    {1, 1, 2, 1},
    {1, 1, 1, 1},
    {4, 6, 1, 1},
    {4, 6, 1, 2},
    {4, 6, 1, 6},
    {3, 8, 5, 4},
    {2, 4, 40, 2},
    {2, 4, 33, 4},
    {64, 512, 1, 1},
    {300, 33, 1, 3},
    {2, 6000, 3, 1},
    {2, 3, 6000, 1},
    {90, 2, 64, 1}
  };

  /** Small ones, and some with long sums. */
  private static final int[][] ZERO_VARIANCE = {
    {50, 3, 1},
    {20, 4, 9},
    {9, 5, 60},
    {300, 2, 64},
    {200_000, 1, 1},
    {3, 2, 50_000},
    {4, 30_000, 1}
  };

  @OnEveryBackend
  void batchNorm(BackendUnderTest target) {
    Cases cases = new Cases(131);
    for (NormalizationShape shape : batches(cases)) {
      target.check(batchNorm(cases, shape, cases.values(shape.length()), cases.flag()));
    }
  }

  @OnEveryBackend
  void groupNorm(BackendUnderTest target) {
    Cases cases = new Cases(132);
    for (int[] sizes : groups(cases)) {
      NormalizationShape shape = new NormalizationShape(sizes[0], sizes[1], sizes[2]);
      float[] x = cases.values(shape.length());
      target.check(groupNorm(cases, shape, sizes[3], x, cases.flag()));
    }
  }

  /** A mean of ten thousand deviations: what a variance as mean of squares would lose. */
  @OnEveryBackend
  void largeMeans(BackendUnderTest target) {
    Cases cases = new Cases(133);
    for (int[] sizes : new int[][] {{50, 3, 1}, {20, 4, 9}, {9, 5, 60}, {400, 2, 64}}) {
      NormalizationShape shape = new NormalizationShape(sizes[0], sizes[1], sizes[2]);
      float[] x = cases.values(shape.length());
      for (int i = 0; i < x.length; i++) {
        x[i] = 10_000 + x[i];
      }
      target.check(batchNorm(cases, shape, x, true));
      target.check(groupNorm(cases, shape, 1, x, true));
    }
  }

  /** Equal values have no variance: what comes out is the bias, whatever the values are. */
  @OnEveryBackend(referenceToo = true)
  void zeroVariance(BackendUnderTest target) {
    Cases cases = new Cases(134);
    for (int[] sizes : ZERO_VARIANCE) {
      NormalizationShape shape = new NormalizationShape(sizes[0], sizes[1], sizes[2]);
      float[] x = new float[shape.length()];
      Arrays.fill(x, 10_000.3f);
      for (KernelCall call :
          List.of(batchNorm(cases, shape, x, true), groupNorm(cases, shape, 1, x, true))) {
        Results results = call.on(target.backend());
        double[] y = results.values("y");
        double[] bias = results.values("bias");
        for (int at = 0; at < y.length; at++) {
          assertThat(y[at]).isCloseTo(bias[at / shape.spatial() % shape.channels()], within(1e-6));
        }
        assertThat(Arrays.stream(results.values("variance")).max().orElseThrow())
            .isBetween(0.0, 1e-12);
      }
    }
  }

  @OnEveryBackend
  void batchNormEvaluation(BackendUnderTest target) {
    Cases cases = new Cases(135);
    target.check(batchNormEvaluation(cases, new NormalizationShape(1, 5, 1), true));
    target.check(batchNormEvaluation(cases, new NormalizationShape(1, 1, 1), false));
    for (NormalizationShape shape : batches(cases)) {
      target.check(batchNormEvaluation(cases, shape, cases.flag()));
    }
  }

  @OnEveryBackend
  void batchNormBackward(BackendUnderTest target) {
    Cases cases = new Cases(136);
    target.check(batchNormBackward(cases, new NormalizationShape(1, 3, 1), false, 7));
    for (NormalizationShape shape : batches(cases)) {
      target.check(batchNormBackward(cases, shape, cases.flag(), cases.between(1, 7)));
    }
  }

  @OnEveryBackend
  void groupNormBackward(BackendUnderTest target) {
    Cases cases = new Cases(137);
    for (int[] sizes : groups(cases)) {
      NormalizationShape shape = new NormalizationShape(sizes[0], sizes[1], sizes[2]);
      target.check(groupNormBackward(cases, shape, sizes[3], cases.between(1, 7)));
    }
  }

  private static List<NormalizationShape> batches(Cases cases) {
    List<NormalizationShape> shapes = new ArrayList<>();
    for (int[] sizes : BATCHES) {
      shapes.add(new NormalizationShape(sizes[0], sizes[1], sizes[2]));
    }
    for (int i = 0; i < 25; i++) {
      shapes.add(
          new NormalizationShape(
              cases.between(2, 20), cases.size(40), cases.pick(1, cases.size(70))));
    }
    return shapes;
  }

  private static List<int[]> groups(Cases cases) {
    List<int[]> shapes = new ArrayList<>(List.of(GROUPS));
    for (int i = 0; i < 25; i++) {
      int groups = cases.between(1, 5);
      int spatial = cases.pick(1, cases.size(70));
      shapes.add(new int[] {cases.size(20), groups * cases.size(17), spatial, groups});
    }
    return shapes;
  }

  static KernelCall batchNorm(Cases cases, NormalizationShape shape, float[] x, boolean affine) {
    double momentum = 0.1;
    NormalizationJudge judge = new NormalizationJudge(shape, 0, EPSILON, x);
    int channels = shape.channels();
    float[] weight = affine ? cases.values(channels) : null;
    float[] bias = affine ? cases.values(channels) : null;
    float[] runningMean = cases.values(channels);
    float[] runningVariance = cases.positive(channels);
    int count = shape.channelLength();
    KernelCall call =
        KernelCall.of("batch norm " + shape + " affine=" + affine)
            .input("x", x)
            .output("y", x.length, judge.ofOutput(weight, bias, false))
            .output("mean", channels, judge.ofMean())
            .output("variance", channels, judge.ofVariance())
            .updated("runningMean", runningMean, judge.ofRunning(momentum, runningMean, false, 1))
            .updated(
                "runningVariance",
                runningVariance,
                judge.ofRunning(momentum, runningVariance, true, count / (count - 1.0)));
    return affine(call, weight, bias)
        .run(
            (backend, on) ->
                backend
                    .normalization()
                    .batchNorm(
                        shape,
                        EPSILON,
                        momentum,
                        on.span("x"),
                        affine ? on.span("weight") : null,
                        affine ? on.span("bias") : null,
                        on.span("y"),
                        on.span("mean"),
                        on.span("variance"),
                        on.span("runningMean"),
                        on.span("runningVariance")));
  }

  private static KernelCall affine(KernelCall call, float[] weight, float[] bias) {
    return weight == null ? call : call.input("weight", weight).input("bias", bias);
  }

  static KernelCall batchNormEvaluation(Cases cases, NormalizationShape shape, boolean affine) {
    float[] x = cases.values(shape.length());
    NormalizationJudge judge = new NormalizationJudge(shape, 0, EPSILON, x);
    float[] weight = affine ? cases.values(shape.channels()) : null;
    float[] bias = affine ? cases.values(shape.channels()) : null;
    KernelCall call =
        KernelCall.of("batch norm evaluation " + shape + " affine=" + affine)
            .input("x", x)
            .input("mean", judge.mean())
            .input("variance", judge.variance())
            .output("y", x.length, judge.ofOutput(weight, bias, true));
    return affine(call, weight, bias)
        .run(
            (backend, on) ->
                backend
                    .normalization()
                    .batchNormEvaluation(
                        shape,
                        EPSILON,
                        on.span("x"),
                        affine ? on.span("weight") : null,
                        affine ? on.span("bias") : null,
                        on.span("mean"),
                        on.span("variance"),
                        on.span("y")));
  }

  /**
   * A gradient of batch normalization.
   *
   * @param wanted a bit for each of dx, dw and db
   */
  static KernelCall batchNormBackward(
      Cases cases, NormalizationShape shape, boolean statisticsOfInput, int wanted) {
    float[] x = cases.values(shape.length());
    NormalizationJudge judge = new NormalizationJudge(shape, 0, EPSILON, x);
    String name = "batch norm gradient " + shape + " statisticsOfInput=" + statisticsOfInput;
    boolean[] add = {cases.flag(), cases.flag(), cases.flag()};
    return gradients(name, cases, judge, shape, x, statisticsOfInput, wanted, add)
        .run(
            (backend, on) ->
                backend
                    .normalization()
                    .batchNormBackward(
                        shape,
                        EPSILON,
                        statisticsOfInput,
                        on.span("x"),
                        on.span("weight"),
                        on.span("mean"),
                        on.span("variance"),
                        on.span("dy"),
                        wanted(on, wanted, add)));
  }

  private static KernelCall gradients(
      String name,
      Cases cases,
      NormalizationJudge judge,
      NormalizationShape shape,
      float[] x,
      boolean sums,
      int wanted,
      boolean[] add) {
    float[] weight = cases.values(shape.channels());
    float[] dy = cases.values(x.length);
    KernelCall call =
        KernelCall.of(name + " wanted=" + wanted + " add=" + Arrays.toString(add))
            .input("x", x)
            .input("weight", weight)
            .input("mean", judge.mean())
            .input("variance", judge.variance())
            .input("dy", dy);
    if ((wanted & 1) != 0) {
      float[] before = cases.values(x.length);
      Tolerance tolerance = judge.ofInputGradient(weight, dy, sums, add[0] ? before : null);
      call.result("dx", add[0], before, tolerance);
    }
    for (int i = 1; i < 3; i++) {
      if ((wanted >> i & 1) != 0) {
        float[] before = cases.values(shape.channels());
        Tolerance tolerance = judge.ofParameterGradient(dy, i == 1, add[i] ? before : null);
        call.result(i == 1 ? "dw" : "db", add[i], before, tolerance);
      }
    }
    return call;
  }

  private static NormalizationGradients wanted(Arguments on, int wanted, boolean[] add) {
    Span dx = (wanted & 1) != 0 ? on.span("dx") : null;
    Span dw = (wanted & 2) != 0 ? on.span("dw") : null;
    Span db = (wanted & 4) != 0 ? on.span("db") : null;
    return new NormalizationGradients(dx, add[0], dw, add[1], db, add[2]);
  }

  static KernelCall groupNorm(
      Cases cases, NormalizationShape shape, int groups, float[] x, boolean affine) {
    NormalizationJudge judge = new NormalizationJudge(shape, groups, EPSILON, x);
    float[] weight = affine ? cases.values(shape.channels()) : null;
    float[] bias = affine ? cases.values(shape.channels()) : null;
    KernelCall call =
        KernelCall.of("group norm " + shape + " groups=" + groups + " affine=" + affine)
            .input("x", x)
            .output("y", x.length, judge.ofOutput(weight, bias, false))
            .output("mean", judge.sets(), judge.ofMean())
            .output("variance", judge.sets(), judge.ofVariance());
    return affine(call, weight, bias)
        .run(
            (backend, on) ->
                backend
                    .normalization()
                    .groupNorm(
                        shape,
                        groups,
                        EPSILON,
                        on.span("x"),
                        affine ? on.span("weight") : null,
                        affine ? on.span("bias") : null,
                        on.span("y"),
                        on.span("mean"),
                        on.span("variance")));
  }

  /**
   * A gradient of group normalization.
   *
   * @param wanted a bit for each of dx, dw and db
   */
  static KernelCall groupNormBackward(
      Cases cases, NormalizationShape shape, int groups, int wanted) {
    float[] x = cases.values(shape.length());
    NormalizationJudge judge = new NormalizationJudge(shape, groups, EPSILON, x);
    String name = "group norm gradient " + shape + " groups=" + groups;
    boolean[] add = {cases.flag(), cases.flag(), cases.flag()};
    return gradients(name, cases, judge, shape, x, true, wanted, add)
        .run(
            (backend, on) ->
                backend
                    .normalization()
                    .groupNormBackward(
                        shape,
                        groups,
                        EPSILON,
                        on.span("x"),
                        on.span("weight"),
                        on.span("mean"),
                        on.span("variance"),
                        on.span("dy"),
                        wanted(on, wanted, add)));
  }
}
