package org.oncilla.tests.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** Batch, group and layer normalization, with and without weights. */
final class NormalizationCases {
  private static final double EPSILON = 1e-3;

  private NormalizationCases() {}

  static List<OperationCase> all() {
    Draw draw = new Draw(21);
    List<OperationCase> cases = new ArrayList<>();
    for (int[] sizes : new int[][] {{5, 3}, {2, 1}, {3, 4, 5}, {2, 3, 4, 3}, {2, 2, 40}}) {
      cases.add(batchNorm(draw, sizes));
      cases.add(batchNormEvaluation(draw, sizes));
      cases.add(groupNorm(draw, 1, sizes));
    }
    cases.add(groupNorm(draw, 2, 3, 4, 5));
    cases.add(groupNorm(draw, 3, 2, 6));
    cases.add(groupNorm(draw, 2, 2, 4, 8, 5));
    cases.add(layerNorm(draw, 1, 4, 6));
    cases.add(layerNorm(draw, 1, 2, 3, 5));
    cases.add(layerNorm(draw, 2, 2, 3, 5));
    cases.add(withoutWeights(draw, 4, 3, 2));
    return cases;
  }

  private static OperationCase batchNorm(Draw draw, int... sizes) {
    HostTensor x = draw.values(sizes);
    return new OperationCase(
        "batchNorm " + Arrays.toString(sizes),
        List.of(x, draw.positive(sizes[1]), draw.values(sizes[1])),
        t -> t[0].batchNorm(t[1], t[2], null, null, 0.1, EPSILON),
        h -> normalized(h, at -> at[1], at -> at[1]));
  }

  private static OperationCase batchNormEvaluation(Draw draw, int... sizes) {
    HostTensor mean = draw.values(sizes[1]);
    HostTensor variance = draw.positive(sizes[1]);
    return new OperationCase(
        "batchNormEvaluation " + Arrays.toString(sizes),
        List.of(draw.values(sizes), draw.positive(sizes[1]), draw.values(sizes[1])),
        t -> {
          try (Tensor means = mean.on(t[0].backend());
              Tensor variances = variance.on(t[0].backend())) {
            return t[0].batchNormEvaluation(t[1], t[2], means, variances, EPSILON);
          }
        },
        h ->
            HostTensor.fill(
                sizes,
                at -> {
                  double deviation = Math.sqrt(variance.at(at[1]) + EPSILON);
                  double x = (h[0].at(at) - mean.at(at[1])) / deviation;
                  return x * h[1].at(at[1]) + h[2].at(at[1]);
                }));
  }

  private static OperationCase groupNorm(Draw draw, int groups, int... sizes) {
    return new OperationCase(
        "groupNorm in " + groups + " " + Arrays.toString(sizes),
        List.of(draw.values(sizes), draw.positive(sizes[1]), draw.values(sizes[1])),
        t -> t[0].groupNorm(groups, t[1], t[2], EPSILON),
        h -> normalized(h, at -> at[0] * groups + at[1] / (sizes[1] / groups), at -> at[1]));
  }

  private static OperationCase layerNorm(Draw draw, int axes, int... sizes) {
    int lead = sizes.length - axes;
    int[] last = Arrays.copyOfRange(sizes, lead, sizes.length);
    return new OperationCase(
        "layerNorm over " + Arrays.toString(last) + " of " + Arrays.toString(sizes),
        List.of(draw.values(sizes), draw.positive(last), draw.values(last)),
        t -> t[0].layerNorm(Shape.of(last), t[1], t[2], EPSILON),
        h ->
            normalized(
                h,
                at -> position(at, sizes, 0, lead),
                at -> position(at, sizes, lead, sizes.length)));
  }

  private static OperationCase withoutWeights(Draw draw, int... sizes) {
    return new OperationCase(
        "groupNorm without weights",
        List.of(draw.values(sizes)),
        t -> t[0].groupNorm(1, null, null, EPSILON),
        h ->
            normalized(
                new HostTensor[] {
                  h[0],
                  HostTensor.fill(new int[] {sizes[1]}, at -> 1),
                  HostTensor.fill(new int[] {sizes[1]}, at -> 0)
                },
                at -> at[0],
                at -> at[1]));
  }

  private static int position(int[] at, int[] sizes, int from, int to) {
    int position = 0;
    for (int axis = from; axis < to; axis++) {
      position = position * sizes[axis] + at[axis];
    }
    return position;
  }

  /** (x − mean) / √(variance + ε) · weight + bias, by which set and which weight an index has. */
  private static HostTensor normalized(
      HostTensor[] h, ToIntFunction<int[]> set, ToIntFunction<int[]> weight) {
    HostTensor x = h[0];
    int most = x.values().length;
    double[] counts = new double[most];
    double[] means = new double[most];
    double[] variances = new double[most];
    forEach(x, at -> counts[set.applyAsInt(at)]++);
    forEach(x, at -> means[set.applyAsInt(at)] += x.at(at) / counts[set.applyAsInt(at)]);
    forEach(
        x,
        at -> {
          int in = set.applyAsInt(at);
          variances[in] += Math.pow(x.at(at) - means[in], 2) / counts[in];
        });
    return HostTensor.fill(
        x.sizes(),
        at -> {
          int in = set.applyAsInt(at);
          double normalized = (x.at(at) - means[in]) / Math.sqrt(variances[in] + EPSILON);
          int w = weight.applyAsInt(at);
          return normalized * h[1].values()[w] + h[2].values()[w];
        });
  }

  private static void forEach(HostTensor x, java.util.function.Consumer<int[]> visit) {
    HostTensor.fill(
        x.sizes(),
        at -> {
          visit.accept(at);
          return 0;
        });
  }
}
