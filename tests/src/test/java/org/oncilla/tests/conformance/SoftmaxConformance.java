package org.oncilla.tests.conformance;

import java.util.ArrayList;
import java.util.List;
import org.oncilla.backend.ReduceShape;

class SoftmaxConformance {
  @OnEveryBackend
  void forward(BackendUnderTest target) {
    Cases cases = new Cases(51);
    for (ReduceShape shape : shapes(cases)) {
      target.check(forward(shape, cases.flag(), logits(cases, shape.inputLength())));
    }
  }

  /** Finite for every finite input: neither the largest values nor their distance overflow. */
  @OnEveryBackend
  void forwardOfExtremeValues(BackendUnderTest target) {
    Cases cases = new Cases(52);
    float[] extremes = {0, 1, -1, 80, -80, 200, -200, 1e4f, -1e4f, 1e30f, -1e30f, 3e38f, -3e38f};
    for (int i = 0; i < 20; i++) {
      ReduceShape shape = new ReduceShape(2, cases.between(1, 40), cases.pick(1, 3));
      float[] x = new float[shape.inputLength()];
      for (int j = 0; j < x.length; j++) {
        x[j] = cases.pick(0, 1) == 0 ? 1 : extremes[cases.between(0, extremes.length - 1)];
      }
      target.check(forward(shape, false, x));
      target.check(forward(shape, true, x));
    }
  }

  @OnEveryBackend
  void backward(BackendUnderTest target) {
    Cases cases = new Cases(53);
    for (ReduceShape shape : shapes(cases)) {
      target.check(backward(cases, shape, cases.flag(), cases.flag()));
    }
  }

  @OnEveryBackend
  void crossEntropy(BackendUnderTest target) {
    Cases cases = new Cases(54);
    for (int[] size : matrices(cases)) {
      target.check(crossEntropy(cases, size[0], size[1], logits(cases, size[0] * size[1])));
    }
  }

  @OnEveryBackend
  void crossEntropyOfExtremeValues(BackendUnderTest target) {
    Cases cases = new Cases(55);
    for (float scale : new float[] {100, 1e4f, 1e30f, 1.6e38f}) {
      float[] x = cases.values(7 * 33);
      for (int i = 0; i < x.length; i++) {
        x[i] *= scale;
      }
      target.check(crossEntropy(cases, 7, 33, x));
    }
  }

  @OnEveryBackend
  void crossEntropyBackward(BackendUnderTest target) {
    Cases cases = new Cases(56);
    for (int[] size : matrices(cases)) {
      target.check(crossEntropyBackward(cases, size[0], size[1], cases.flag()));
    }
  }

  static List<ReduceShape> shapes(Cases cases) {
    List<ReduceShape> shapes = new ArrayList<>();
    int[][] corners = {
      {1, 1, 1},
      {64, 10, 1},
      {1, 10, 64},
      {3, 1000, 1},
      {2, 5000, 1},
      {2, 257, 3},
      {300, 1, 2},
      {1000, 3, 1},
      {2, 21, 65}
    };
    for (int[] corner : corners) {
      shapes.add(new ReduceShape(corner[0], corner[1], corner[2]));
    }
    for (int i = 0; i < 40; i++) {
      shapes.add(new ReduceShape(cases.size(20), cases.size(150), cases.size(9)));
    }
    return shapes;
  }

  private static List<int[]> matrices(Cases cases) {
    List<int[]> sizes =
        new ArrayList<>(
            List.of(
                new int[] {1, 1}, new int[] {64, 10}, new int[] {1, 3000}, new int[] {1000, 2}));
    for (int i = 0; i < 40; i++) {
      sizes.add(new int[] {cases.size(130), cases.size(130)});
    }
    return sizes;
  }

  static KernelCall forward(ReduceShape shape, boolean log, float[] x) {
    double[] magnitudes = forward(shape, log, x, Tolerance.EXACT).expected("y");
    double[] logarithms = forward(shape, true, x, Tolerance.EXACT).expected("y");
    for (int i = 0; i < x.length; i++) {
      // The exponent x − max and the logarithm of the sum are rounded in proportion to their size.
      double exponent = Math.abs(logarithms[i]) + Math.log(shape.reduced());
      magnitudes[i] =
          log
              ? exponent + Math.abs(x[i]) + Math.abs(x[i] - logarithms[i]) + shape.reduced() + 8
              : magnitudes[i] * (exponent + shape.reduced() + 16);
    }
    return forward(shape, log, x, Tolerance.terms(2, magnitudes));
  }

  private static KernelCall forward(
      ReduceShape shape, boolean log, float[] x, Tolerance tolerance) {
    return KernelCall.of((log ? "log-softmax " : "softmax ") + shape)
        .input("x", x)
        .output("y", x.length, tolerance)
        .run((backend, on) -> backend.softmax().forward(shape, log, on.span("x"), on.span("y")));
  }

  static KernelCall backward(Cases cases, ReduceShape shape, boolean log, boolean accumulate) {
    float[] x = logits(cases, shape.inputLength());
    float[] y = narrow(forward(shape, log, x, Tolerance.EXACT).expected("y"));
    float[] dy = cases.values(x.length);
    float[] before = cases.values(x.length);
    double[] magnitudes = backwardMagnitudes(shape, log, y, dy);
    for (int i = 0; i < before.length && accumulate; i++) {
      magnitudes[i] += Math.abs(before[i]);
    }
    String name = log ? "log-softmax gradient " : "softmax gradient ";
    return KernelCall.of(name + shape + " accumulate=" + accumulate)
        .input("y", y)
        .input("dy", dy)
        .result("dx", accumulate, before, Tolerance.terms(shape.reduced() + 12, magnitudes))
        .run(
            (backend, on) ->
                backend
                    .softmax()
                    .backward(shape, log, on.span("y"), on.span("dy"), on.span("dx"), accumulate));
  }

  /** |y|·(|dy| + Σ|dy·y|), or |dy| + e^y·Σ|dy|. */
  private static double[] backwardMagnitudes(
      ReduceShape shape, boolean log, float[] y, float[] dy) {
    double[] magnitudes = new double[y.length];
    int inner = shape.inner();
    for (int i = 0; i < shape.outputLength(); i++) {
      int first = i / inner * shape.reduced() * inner + i % inner;
      double sum = 0;
      for (int r = 0; r < shape.reduced(); r++) {
        int at = first + r * inner;
        sum += Math.abs(dy[at]) * (log ? 1 : Math.abs(y[at]));
      }
      for (int r = 0; r < shape.reduced(); r++) {
        int at = first + r * inner;
        magnitudes[at] =
            log
                ? Math.abs(dy[at]) + Math.exp(y[at]) * sum
                : Math.abs(y[at]) * (Math.abs(dy[at]) + sum);
      }
    }
    return magnitudes;
  }

  static KernelCall crossEntropy(Cases cases, int rows, int classes, float[] x) {
    int[] labels = cases.indices(rows, classes);
    double[] lse =
        crossEntropy(rows, classes, x, labels, Tolerance.EXACT, Tolerance.EXACT).expected("lse");
    double[] ofLse = new double[rows];
    double[] ofLoss = new double[rows];
    for (int row = 0; row < rows; row++) {
      // The maximum is exact; the sum is off by a relative n·u, so its logarithm by n·u.
      ofLse[row] = 2 * Math.abs(lse[row]) + Math.log(classes) + classes + 8;
      ofLoss[row] = ofLse[row] + Math.abs(x[row * classes + labels[row]]);
    }
    return crossEntropy(
        rows, classes, x, labels, Tolerance.terms(2, ofLoss), Tolerance.terms(2, ofLse));
  }

  private static KernelCall crossEntropy(
      int rows, int classes, float[] x, int[] labels, Tolerance ofLoss, Tolerance ofLse) {
    return KernelCall.of("cross-entropy rows=" + rows + " classes=" + classes)
        .input("logits", x)
        .input("labels", labels)
        .output("losses", rows, ofLoss)
        .output("lse", rows, ofLse)
        .run(
            (backend, on) ->
                backend
                    .softmax()
                    .crossEntropy(
                        rows,
                        classes,
                        on.span("logits"),
                        on.span("labels"),
                        on.span("losses"),
                        on.span("lse")));
  }

  static KernelCall crossEntropyBackward(Cases cases, int rows, int classes, boolean accumulate) {
    float[] x = logits(cases, rows * classes);
    int[] labels = cases.indices(rows, classes);
    float[] lse =
        narrow(
            crossEntropy(rows, classes, x, labels, Tolerance.EXACT, Tolerance.EXACT)
                .expected("lse"));
    float[] dLosses = cases.values(rows);
    float[] before = cases.values(rows * classes);
    double[] magnitudes = new double[rows * classes];
    for (int i = 0; i < magnitudes.length; i++) {
      int row = i / classes;
      double exponent = x[i] - lse[row];
      double target = i % classes == labels[row] ? 1 : 0;
      // The exponent is rounded in proportion to its size; the exponential to 3 units.
      magnitudes[i] =
          (Math.exp(exponent) * (Math.abs(exponent) + 8) + 3 * target) * Math.abs(dLosses[row])
              + (accumulate ? Math.abs(before[i]) : 0);
    }
    String sizes = " rows=" + rows + " classes=" + classes;
    return KernelCall.of("cross-entropy gradient" + sizes + " accumulate=" + accumulate)
        .input("logits", x)
        .input("labels", labels)
        .input("lse", lse)
        .input("dLosses", dLosses)
        .result("dLogits", accumulate, before, Tolerance.terms(2, magnitudes))
        .run(
            (backend, on) ->
                backend
                    .softmax()
                    .crossEntropyBackward(
                        rows,
                        classes,
                        on.span("logits"),
                        on.span("labels"),
                        on.span("lse"),
                        on.span("dLosses"),
                        on.span("dLogits"),
                        accumulate));
  }

  private static float[] logits(Cases cases, int length) {
    float[] x = cases.values(length);
    for (int i = 0; i < length; i++) {
      x[i] *= 4;
    }
    return x;
  }

  private static float[] narrow(double[] values) {
    float[] single = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      single[i] = (float) values[i];
    }
    return single;
  }
}
