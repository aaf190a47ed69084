package org.oncilla.tests.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.ReduceShape;

class ReductionConformance {
  private static final double[] SCALES = {1, 0.125, -2, 1.0 / 3};

  @OnEveryBackend
  void sums(BackendUnderTest target) {
    Cases cases = new Cases(31);
    for (ReduceShape shape : shapes(cases)) {
      float[] x = cases.values(shape.inputLength());
      target.check(reduce(cases, ReduceOp.SUM, shape, x, cases.flag()));
    }
  }

  @OnEveryBackend
  void sumsOnAGridAreExact(BackendUnderTest target) {
    Cases cases = Cases.onGrid(36);
    for (ReduceShape shape : shapes(cases)) {
      float[] x = cases.values(shape.inputLength());
      target.check(reduce(cases, ReduceOp.SUM, shape, x, 0.5, cases.flag()));
    }
  }

  @OnEveryBackend
  void extremes(BackendUnderTest target) {
    Cases cases = new Cases(32);
    for (ReduceShape shape : shapes(cases)) {
      ReduceOp op = cases.flag() ? ReduceOp.MAX : ReduceOp.MIN;
      float[] x =
          cases.flag() ? cases.specials(shape.inputLength()) : cases.values(shape.inputLength());
      target.check(reduce(cases, op, shape, x, cases.flag()));
    }
  }

  @OnEveryBackend
  void argmax(BackendUnderTest target) {
    Cases cases = new Cases(33);
    for (ReduceShape shape : shapes(cases)) {
      float[] x =
          switch (cases.between(0, 2)) {
            case 0 -> cases.values(shape.inputLength());
            case 1 -> cases.ties(shape.inputLength());
            default -> cases.specials(shape.inputLength());
          };
      target.check(argmax(shape, x));
    }
  }

  /** NaN anywhere makes the extremes NaN; a sum takes NaN and infinities as IEEE 754 says. */
  @OnEveryBackend
  void specialValues(BackendUnderTest target) {
    Cases cases = new Cases(34);
    for (float special :
        new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (int reduced : new int[] {1, 2, 7, 16, 33, 300, 5000}) {
        ReduceShape shape = new ReduceShape(2, reduced, cases.pick(1, 3));
        float[] x = cases.values(shape.inputLength());
        x[cases.between(0, x.length - 1)] = special;
        for (ReduceOp op : ReduceOp.values()) {
          target.check(reduce(cases, op, shape, x, false));
        }
        target.check(argmax(shape, x));
      }
    }
  }

  /** The extremes of an axis that holds nothing but the neutral element of the other kind. */
  @OnEveryBackend
  void extremesOfInfinities(BackendUnderTest target) {
    Cases cases = new Cases(35);
    for (float value : new float[] {Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}) {
      ReduceShape shape = new ReduceShape(3, 19, 2);
      float[] x = new float[shape.inputLength()];
      Arrays.fill(x, value);
      target.check(reduce(cases, ReduceOp.MAX, shape, x, false));
      target.check(reduce(cases, ReduceOp.MIN, shape, x, false));
      target.check(argmax(shape, x));
    }
  }

  static List<ReduceShape> shapes(Cases cases) {
    List<ReduceShape> shapes = new ArrayList<>();
    int[][] corners = {
      {1, 1, 1}, {1, 100_003, 1}, {100_003, 1, 1}, {1, 1, 100_003}, {1, 3000, 33}, {64, 10, 1},
      {1, 64, 10}, {7, 257, 1}, {2, 513, 3}, {1000, 3, 1}, {1, 2, 1000}, {1, 65_536, 2}
    };
    for (int[] corner : corners) {
      shapes.add(new ReduceShape(corner[0], corner[1], corner[2]));
    }
    for (int i = 0; i < 60; i++) {
      shapes.add(new ReduceShape(cases.size(20), cases.size(300), cases.size(20)));
    }
    return shapes;
  }

  static KernelCall reduce(
      Cases cases, ReduceOp op, ReduceShape shape, float[] x, boolean accumulate) {
    double scale = SCALES[cases.between(0, SCALES.length - 1)];
    return reduce(cases, op, shape, x, scale, accumulate);
  }

  private static KernelCall reduce(
      Cases cases, ReduceOp op, ReduceShape shape, float[] x, double scale, boolean accumulate) {
    float[] before = cases.values(shape.outputLength());
    if (op == ReduceOp.SUM) {
      // The scale is rounded, and so are the product with it and the addition to the old value.
      double roundings = cases.roundings(shape.reduced() + 3);
      double[] magnitudes =
          reduce(op, shape, x, Math.abs(scale), accumulate, before, Tolerance.EXACT)
              .magnitudes("out");
      Tolerance tolerance = Tolerance.terms(roundings, magnitudes);
      return reduce(op, shape, x, scale, accumulate, before, tolerance);
    }
    Tolerance tolerance =
        scale == 1 && !accumulate
            ? Tolerance.EXACT
            : Tolerance.terms(3, magnitudesOfExtreme(op, shape, x, scale, before));
    return reduce(op, shape, x, scale, accumulate, before, tolerance);
  }

  /** |scale·extreme| + |before|; an extreme itself is exact. */
  private static double[] magnitudesOfExtreme(
      ReduceOp op, ReduceShape shape, float[] x, double scale, float[] before) {
    double[] magnitudes = reduce(op, shape, x, 1, false, before, Tolerance.EXACT).expected("out");
    for (int i = 0; i < magnitudes.length; i++) {
      magnitudes[i] = Math.abs(scale * magnitudes[i]) + Math.abs(before[i]);
    }
    return magnitudes;
  }

  private static KernelCall reduce(
      ReduceOp op,
      ReduceShape shape,
      float[] x,
      double scale,
      boolean accumulate,
      float[] before,
      Tolerance tolerance) {
    return KernelCall.of(op + " " + shape + " scale=" + scale + " accumulate=" + accumulate)
        .input("x", x)
        .result("out", accumulate, before, tolerance)
        .run(
            (backend, on) ->
                backend
                    .reduction()
                    .reduce(op, shape, on.span("x"), scale, on.span("out"), accumulate));
  }

  static KernelCall argmax(ReduceShape shape, float[] x) {
    return KernelCall.of("argmax " + shape)
        .input("x", x)
        .indexOutput("out", shape.outputLength())
        .run((backend, on) -> backend.reduction().argmax(shape, on.span("x"), on.span("out")));
  }
}
