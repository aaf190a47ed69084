package org.oncilla.tests.tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oncilla.tensor.Pool2dOptions;

/** Pooling with windows apart, overlapping and over the edge. */
final class PoolingCases {
  private PoolingCases() {}

  static List<OperationCase> all() {
    Draw draw = new Draw(13);
    List<OperationCase> cases = new ArrayList<>();
    List<Pool2dOptions> windows =
        List.of(
            Pool2dOptions.of(2),
            Pool2dOptions.of(3),
            Pool2dOptions.of(1),
            Pool2dOptions.of(3).stride(1),
            Pool2dOptions.of(2).stride(3),
            Pool2dOptions.of(3).stride(2).padding(1),
            new Pool2dOptions(2, 3, 1, 2, 1, 0, true));
    for (Pool2dOptions window : windows) {
      cases.add(max(draw, window));
      cases.add(average(draw, window));
      cases.add(average(draw, window.countPadding(false)));
    }
    return cases;
  }

  private static OperationCase max(Draw draw, Pool2dOptions window) {
    HostTensor x = images(draw);
    return new OperationCase(
        "maxPool2d " + Arrays.toString(x.sizes()) + " " + window,
        List.of(x),
        t -> t[0].maxPool2d(window),
        h -> pooled(h[0], window, members -> Arrays.stream(members).max().orElseThrow()));
  }

  private static OperationCase average(Draw draw, Pool2dOptions window) {
    HostTensor x = images(draw);
    int size = window.kernelHeight() * window.kernelWidth();
    return new OperationCase(
        "avgPool2d " + Arrays.toString(x.sizes()) + " " + window,
        List.of(x),
        t -> t[0].avgPool2d(window),
        h ->
            pooled(
                h[0],
                window,
                members ->
                    Arrays.stream(members).sum()
                        / (window.countPadding() ? size : members.length)));
  }

  private static HostTensor images(Draw draw) {
    return draw.values(draw.between(1, 2), draw.between(1, 3), 6, draw.between(5, 7));
  }

  /** Summarizes the pixels of each window that lie in the image. */
  interface Summary {
    double of(double[] members);
  }

  private static HostTensor pooled(HostTensor x, Pool2dOptions o, Summary summary) {
    int height =
        ConvolutionCases.out(x.size(2), o.kernelHeight(), o.strideHeight(), o.padHeight(), 1);
    int width = ConvolutionCases.out(x.size(3), o.kernelWidth(), o.strideWidth(), o.padWidth(), 1);
    return HostTensor.fill(
        new int[] {x.size(0), x.size(1), height, width},
        at -> {
          List<Double> members = new ArrayList<>();
          int top = at[2] * o.strideHeight() - o.padHeight();
          int left = at[3] * o.strideWidth() - o.padWidth();
          for (int row = Math.max(top, 0); row < top + o.kernelHeight(); row++) {
            for (int column = Math.max(left, 0); column < left + o.kernelWidth(); column++) {
              if (row < x.size(2) && column < x.size(3)) {
                members.add(x.at(at[0], at[1], row, column));
              }
            }
          }
          return summary.of(members.stream().mapToDouble(Double::doubleValue).toArray());
        });
  }
}
