package org.oncilla.tests.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.oncilla.tensor.Tensor;

/** Reductions over sets of axes, adjacent or not, and softmax along them. */
final class ReductionCases {
  private static final int[][] SHAPES = {
    {5},
    {3, 4},
    {3, 4},
    {3, 4},
    {3, 4},
    {2, 3, 4},
    {2, 3, 4},
    {2, 3, 4},
    {2, 3, 1, 4, 2},
    {2, 3, 1, 4, 2},
    {2, 3, 1, 4, 2},
    {2, 3, 1, 4, 2},
    {1, 1},
    {},
    {2, 2, 2, 2, 2, 2}
  };
  private static final int[][] AXES = {
    {}, {0}, {1}, {-1, 0}, {}, {0, 2}, {1}, {-1}, {0, 3}, {1, 4}, {4, 0, 2}, {2}, {1}, {}, {1, 3, 5}
  };

  private ReductionCases() {}

  private interface Reduction {
    Tensor on(Tensor x, int... axes);
  }

  private interface Summary {
    double of(double[] values);
  }

  static List<OperationCase> all() {
    Draw draw = new Draw(15);
    List<OperationCase> cases = new ArrayList<>();
    for (int i = 0; i < SHAPES.length; i++) {
      int[] shape = SHAPES[i];
      int[] axes = AXES[i];
      Summary sum = values -> Arrays.stream(values).sum();
      Summary mean = values -> Arrays.stream(values).average().orElseThrow();
      cases.add(reduction(draw, "sum", shape, axes, false, Tensor::sum, sum));
      cases.add(reduction(draw, "sum keeping", shape, axes, true, Tensor::sumKeepingAxes, sum));
      cases.add(reduction(draw, "mean", shape, axes, false, Tensor::mean, mean));
      cases.add(reduction(draw, "mean keeping", shape, axes, true, Tensor::meanKeepingAxes, mean));
      cases.add(
          reduction(
              draw,
              "max",
              shape,
              axes,
              false,
              Tensor::max,
              v -> Arrays.stream(v).max().orElseThrow()));
      cases.add(
          reduction(
              draw,
              "min",
              shape,
              axes,
              false,
              Tensor::min,
              v -> Arrays.stream(v).min().orElseThrow()));
    }
    int[][] softmaxShapes = {{4}, {3, 5}, {3, 5}, {2, 3, 4}, {2, 1, 3}};
    int[] softmaxAxes = {0, 1, 0, 1, 1};
    for (int i = 0; i < softmaxAxes.length; i++) {
      cases.add(softmax(draw, softmaxShapes[i], softmaxAxes[i], false));
      cases.add(softmax(draw, softmaxShapes[i], softmaxAxes[i], true));
    }
    cases.add(crossEntropy(draw, 1, 1));
    cases.add(crossEntropy(draw, 1, 4));
    cases.add(crossEntropy(draw, 6, 10));
    return cases;
  }

  private static OperationCase reduction(
      Draw draw,
      String name,
      int[] shape,
      int[] axes,
      boolean keep,
      Reduction operation,
      Summary summary) {
    boolean[] reduced = new boolean[shape.length];
    Arrays.fill(reduced, axes.length == 0);
    for (int axis : axes) {
      reduced[axis < 0 ? axis + shape.length : axis] = true;
    }
    return new OperationCase(
        name + " " + Arrays.toString(shape) + " over " + Arrays.toString(axes),
        List.of(draw.values(shape)),
        x -> operation.on(x[0], axes),
        x -> reduced(x[0], reduced, keep, summary));
  }

  /** Goes through all elements and drops each into the bin that its remaining index names. */
  private static HostTensor reduced(
      HostTensor x, boolean[] reduced, boolean keep, Summary summary) {
    int[] kept = x.sizes().clone();
    Arrays.setAll(kept, axis -> reduced[axis] ? 1 : kept[axis]);
    HostTensor bins = HostTensor.fill(kept, index -> 0);
    List<List<Double>> members = new ArrayList<>();
    Arrays.stream(bins.values()).forEach(bin -> members.add(new ArrayList<>()));
    HostTensor.fill(
        x.sizes(),
        index -> {
          int bin = 0;
          for (int axis = 0; axis < kept.length; axis++) {
            bin = bin * kept[axis] + (reduced[axis] ? 0 : index[axis]);
          }
          members.get(bin).add(x.at(index));
          return 0;
        });
    double[] values =
        members.stream()
            .mapToDouble(bin -> summary.of(bin.stream().mapToDouble(v -> v).toArray()))
            .toArray();
    int[] dropped =
        IntStream.range(0, kept.length).filter(a -> !reduced[a]).map(a -> kept[a]).toArray();
    return new HostTensor(keep ? kept : dropped, values);
  }

  private static OperationCase softmax(Draw draw, int[] shape, int axis, boolean log) {
    return new OperationCase(
        (log ? "logSoftmax " : "softmax ") + Arrays.toString(shape) + " along " + axis,
        List.of(draw.values(shape)),
        x -> log ? x[0].logSoftmax(axis) : x[0].softmax(axis),
        x ->
            HostTensor.fill(
                shape,
                index -> {
                  double sum = 0;
                  int[] at = index.clone();
                  for (at[axis] = 0; at[axis] < shape[axis]; at[axis]++) {
                    sum += Math.exp(x[0].at(at));
                  }
                  double probability = Math.exp(x[0].at(index)) / sum;
                  return log ? Math.log(probability) : probability;
                }));
  }

  private static OperationCase crossEntropy(Draw draw, int rows, int classes) {
    int[] labels = draw.indices(rows, classes);
    return new OperationCase(
        "crossEntropy [" + rows + ", " + classes + "]",
        List.of(draw.values(rows, classes)),
        x -> {
          try (Tensor targets =
              Tensor.ofInts(x[0].backend(), labels, org.oncilla.tensor.Shape.of(rows))) {
            return x[0].crossEntropy(targets);
          }
        },
        x ->
            HostTensor.fill(
                new int[] {rows},
                index -> {
                  double sum = 0;
                  for (int j = 0; j < classes; j++) {
                    sum += Math.exp(x[0].at(index[0], j));
                  }
                  return -Math.log(Math.exp(x[0].at(index[0], labels[index[0]])) / sum);
                }));
  }
}
