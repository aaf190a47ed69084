package org.oncilla.tests.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oncilla.backend.PoolingShape;

class PoolingConformance {
  private static final int GENERATED = 60;

  @OnEveryBackend
  void maxForward(BackendUnderTest target) {
    Cases cases = new Cases(21);
    for (PoolingShape shape : shapes(cases)) {
      float[] x =
          switch (cases.between(0, 2)) {
            case 0 -> cases.values(shape.inputLength());
            case 1 -> cases.ties(shape.inputLength());
            default -> cases.specials(shape.inputLength());
          };
      target.check(maxForward(shape, x, cases.flag()));
    }
  }

  /** Nothing is larger than −∞, so the first element of each window must win all the same. */
  @OnEveryBackend
  void maxOfNegativeInfinities(BackendUnderTest target) {
    Cases cases = new Cases(22);
    for (int i = 0; i < 10; i++) {
      PoolingShape shape = generated(cases);
      float[] x = new float[shape.inputLength()];
      Arrays.fill(x, Float.NEGATIVE_INFINITY);
      target.check(maxForward(shape, x, true));
    }
  }

  @OnEveryBackend
  void maxBackward(BackendUnderTest target) {
    Cases cases = new Cases(23);
    for (PoolingShape shape : shapes(cases)) {
      target.check(maxBackward(cases, shape, cases.flag()));
    }
  }

  @OnEveryBackend
  void averageForward(BackendUnderTest target) {
    Cases cases = new Cases(24);
    for (PoolingShape shape : shapes(cases)) {
      target.check(averageForward(cases, shape, cases.flag()));
    }
  }

  @OnEveryBackend
  void averageBackward(BackendUnderTest target) {
    Cases cases = new Cases(25);
    for (PoolingShape shape : shapes(cases)) {
      target.check(averageBackward(cases, shape, cases.flag(), cases.flag()));
    }
  }

  static List<PoolingShape> shapes(Cases cases) {
    List<PoolingShape> shapes = new ArrayList<>();
    shapes.add(new PoolingShape(3, 6, 28, 28, 2, 2, 2, 2, 0, 0));
    shapes.add(new PoolingShape(2, 5, 15, 17, 3, 3, 2, 2, 1, 1));
    shapes.add(new PoolingShape(2, 70, 7, 7, 7, 7, 1, 1, 0, 0));
    shapes.add(new PoolingShape(1, 1, 1, 1, 1, 1, 1, 1, 0, 0));
    shapes.add(new PoolingShape(1, 2, 1, 1, 2, 2, 1, 1, 1, 1));
    shapes.add(new PoolingShape(1, 3, 9, 10, 2, 2, 4, 5, 0, 0));
    shapes.add(new PoolingShape(1, 2, 33, 35, 5, 3, 1, 1, 2, 1));
    for (int i = 0; i < GENERATED; i++) {
      shapes.add(generated(cases));
    }
    return shapes;
  }

  static PoolingShape generated(Cases cases) {
    int kernelHeight = cases.between(1, 5);
    int kernelWidth = cases.between(1, 5);
    int padHeight = cases.between(0, kernelHeight / 2);
    int padWidth = cases.between(0, kernelWidth / 2);
    return new PoolingShape(
        cases.between(1, 3),
        cases.between(1, 9),
        Math.max(1, kernelHeight - 2 * padHeight) + cases.between(0, 15),
        Math.max(1, kernelWidth - 2 * padWidth) + cases.between(0, 20),
        kernelHeight,
        kernelWidth,
        cases.between(1, 4),
        cases.between(1, 4),
        padHeight,
        padWidth);
  }

  static KernelCall maxForward(PoolingShape shape, float[] x, boolean withArgmax) {
    KernelCall call =
        KernelCall.of("maxForward " + shape + " argmax=" + withArgmax)
            .input("x", x)
            .output("y", shape.outputLength(), Tolerance.EXACT);
    if (withArgmax) {
      call.indexOutput("argmax", shape.outputLength());
    }
    return call.run(
        (backend, on) ->
            backend
                .pooling()
                .maxForward(
                    shape, on.span("x"), on.span("y"), withArgmax ? on.span("argmax") : null));
  }

  static KernelCall maxBackward(Cases cases, PoolingShape shape, boolean accumulate) {
    int[] argmax = winners(shape, cases.ties(shape.inputLength()));
    float[] dy = cases.values(shape.outputLength());
    float[] before = cases.values(shape.inputLength());
    return Judged.sum(
        "dx",
        windowsOverOneElement(shape) + 1,
        tolerance ->
            KernelCall.of("maxBackward " + shape + " accumulate=" + accumulate)
                .input("dy", dy)
                .input("argmax", argmax)
                .result("dx", accumulate, before, tolerance)
                .run(
                    (backend, on) ->
                        backend
                            .pooling()
                            .maxBackward(
                                shape,
                                on.span("dy"),
                                on.span("argmax"),
                                on.span("dx"),
                                accumulate)));
  }

  static KernelCall averageForward(Cases cases, PoolingShape shape, boolean countPadding) {
    float[] x = cases.values(shape.inputLength());
    return Judged.sum(
        "y",
        // The sum, then a division or a multiplication by a rounded reciprocal.
        shape.kernelHeight() * shape.kernelWidth() + 6,
        tolerance ->
            KernelCall.of("averageForward " + shape + " countPadding=" + countPadding)
                .input("x", x)
                .output("y", shape.outputLength(), tolerance)
                .run(
                    (backend, on) ->
                        backend
                            .pooling()
                            .averageForward(shape, countPadding, on.span("x"), on.span("y"))));
  }

  static KernelCall averageBackward(
      Cases cases, PoolingShape shape, boolean countPadding, boolean accumulate) {
    float[] dy = cases.values(shape.outputLength());
    float[] before = cases.values(shape.inputLength());
    String options = " countPadding=" + countPadding + " accumulate=" + accumulate;
    return Judged.sum(
        "dx",
        windowsOverOneElement(shape) + 7,
        tolerance ->
            KernelCall.of("averageBackward " + shape + options)
                .input("dy", dy)
                .result("dx", accumulate, before, tolerance)
                .run(
                    (backend, on) ->
                        backend
                            .pooling()
                            .averageBackward(
                                shape, countPadding, on.span("dy"), on.span("dx"), accumulate)));
  }

  private static int[] winners(PoolingShape shape, float[] x) {
    double[] winners = maxForward(shape, x, true).expected("argmax");
    return Arrays.stream(winners).mapToInt(index -> (int) index).toArray();
  }

  private static int windowsOverOneElement(PoolingShape shape) {
    return shape.kernelHeight() * shape.kernelWidth();
  }
}
