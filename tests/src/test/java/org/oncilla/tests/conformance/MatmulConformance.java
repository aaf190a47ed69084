package org.oncilla.tests.conformance;

import org.oncilla.backend.Epilogue;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.Span;
import org.oncilla.backend.UnaryOp;

class MatmulConformance {
  private static final UnaryOp[] FUSABLE = {
    UnaryOp.IDENTITY, UnaryOp.RELU, UnaryOp.TANH, UnaryOp.SIGMOID
  };

  @OnEveryBackend
  void smallProducts(BackendUnderTest target) {
    Cases cases = new Cases(1);
    for (int m = 1; m <= 5; m++) {
      for (int n = 1; n <= 5; n++) {
        for (int k = 1; k <= 3; k++) {
          GemmShape shape = GemmShape.of(m, n, k, cases.flag(), cases.flag());
          target.check(call(cases, shape, cases.flag(), cases.flag(), UnaryOp.IDENTITY));
        }
      }
    }
  }

  @OnEveryBackend
  void everyTransposeAndEpilogue(BackendUnderTest target) {
    Cases cases = new Cases(2);
    for (int options = 0; options < 16; options++) {
      for (UnaryOp activation : FUSABLE) {
        int m = cases.size(70);
        int n = cases.size(70);
        int k = cases.size(70);
        boolean transposeA = (options & 1) != 0;
        boolean transposeB = (options & 2) != 0;
        GemmShape shape = GemmShape.of(m, n, k, transposeA, transposeB);
        target.check(call(cases, shape, (options & 4) != 0, (options & 8) != 0, activation));
      }
    }
  }

  @OnEveryBackend
  void edgesOfTiles(BackendUnderTest target) {
    Cases cases = new Cases(3);
    for (int i = 0; i < 120; i++) {
      GemmShape shape =
          GemmShape.of(
              cases.size(140), cases.size(140), cases.size(140), cases.flag(), cases.flag());
      target.check(call(cases, shape, cases.flag(), cases.flag(), UnaryOp.IDENTITY));
    }
  }

  @OnEveryBackend
  void productsOnAGridAreExact(BackendUnderTest target) {
    Cases cases = Cases.onGrid(8);
    for (int i = 0; i < 60; i++) {
      GemmShape shape =
          GemmShape.of(
              cases.size(130), cases.size(130), cases.size(1000), cases.flag(), cases.flag());
      target.check(call(cases, shape, cases.flag(), cases.flag(), UnaryOp.IDENTITY));
    }
  }

  @OnEveryBackend
  void vectorsAndThinMatrices(BackendUnderTest target) {
    Cases cases = new Cases(4);
    int[][] sizes = {
      {1, 1, 4097},
      {1, 1000, 1000},
      {1000, 1, 1000},
      {1000, 1000, 1},
      {1, 10, 84},
      {64, 10, 84},
      {3, 2049, 5},
      {2049, 3, 5},
      {2, 3, 5000},
      {300, 1, 7},
      {1, 300, 7}
    };
    for (int[] size : sizes) {
      for (int options = 0; options < 4; options++) {
        GemmShape shape =
            GemmShape.of(size[0], size[1], size[2], (options & 1) != 0, (options & 2) != 0);
        target.check(call(cases, shape, cases.flag(), cases.flag(), UnaryOp.IDENTITY));
      }
    }
  }

  @OnEveryBackend
  void batches(BackendUnderTest target) {
    Cases cases = new Cases(5);
    for (int i = 0; i < 60; i++) {
      int m = cases.size(40);
      int n = cases.size(40);
      int k = cases.size(40);
      int strideA = cases.pick(0, m * k, m * k + 3);
      int strideB = cases.pick(0, k * n, k * n + 5);
      GemmShape shape =
          new GemmShape(cases.between(1, 6), m, n, k, cases.flag(), cases.flag(), strideA, strideB);
      UnaryOp activation = FUSABLE[cases.between(0, 3)];
      target.check(call(cases, shape, cases.flag(), cases.flag(), activation));
    }
  }

  @OnEveryBackend
  void largeProducts(BackendUnderTest target) {
    Cases cases = new Cases(6);
    int[][] sizes = {{257, 259, 261}, {384, 256, 128}, {129, 513, 300}, {65, 1030, 520}};
    for (int[] size : sizes) {
      for (int options = 0; options < 4; options++) {
        GemmShape shape =
            GemmShape.of(size[0], size[1], size[2], (options & 1) != 0, (options & 2) != 0);
        target.check(call(cases, shape, options == 1, options == 2, UnaryOp.RELU));
      }
    }
  }

  /** A NaN or an infinity spreads over its row or column and nowhere else. */
  @OnEveryBackend
  void specialValues(BackendUnderTest target) {
    Cases cases = new Cases(7);
    for (float special : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      for (int i = 0; i < 10; i++) {
        int m = cases.size(40);
        int n = cases.size(40);
        int k = cases.size(40);
        float[] a = cases.positive(m * k);
        a[cases.between(0, a.length - 1)] = special;
        GemmShape shape = GemmShape.of(m, n, k, cases.flag(), cases.flag());
        float[] b = cases.positive(k * n);
        target.check(judged(cases, shape, a, b, new float[m * n], false, null, UnaryOp.IDENTITY));
      }
    }
  }

  /** A call with generated values. */
  static KernelCall call(
      Cases cases, GemmShape shape, boolean accumulate, boolean hasBias, UnaryOp activation) {
    float[] a = cases.values((shape.batch() - 1) * shape.strideA() + shape.m() * shape.k());
    float[] b = cases.values((shape.batch() - 1) * shape.strideB() + shape.k() * shape.n());
    float[] before = cases.values(shape.batch() * shape.m() * shape.n());
    float[] bias = hasBias ? cases.values(shape.n()) : null;
    return judged(cases, shape, a, b, before, accumulate, bias, activation);
  }

  private static KernelCall judged(
      Cases cases,
      GemmShape shape,
      float[] a,
      float[] b,
      float[] before,
      boolean accumulate,
      float[] bias,
      UnaryOp activation) {
    KernelCall linear =
        call(shape, a, b, before, accumulate, bias, UnaryOp.IDENTITY, Tolerance.EXACT);
    // k products and their sum, the bias and the old value.
    Tolerance tolerance =
        Tolerance.terms(cases.roundings(shape.k() + 3), linear.magnitudes("c"))
            .then(ElementwiseConformance.ulps(activation));
    return call(shape, a, b, before, accumulate, bias, activation, tolerance);
  }

  private static KernelCall call(
      GemmShape shape,
      float[] a,
      float[] b,
      float[] before,
      boolean accumulate,
      float[] bias,
      UnaryOp activation,
      Tolerance tolerance) {
    String options = " accumulate=" + accumulate + " bias=" + (bias != null) + " " + activation;
    KernelCall call =
        KernelCall.of(shape + options)
            .input("a", a)
            .input("b", b)
            .result("c", accumulate, before, tolerance);
    if (bias != null) {
      call.input("bias", bias);
    }
    return call.run(
        (backend, on) -> {
          Span biasSpan = bias == null ? null : on.span("bias");
          Epilogue epilogue = new Epilogue(accumulate, biasSpan, activation);
          backend.matmul().gemm(shape, on.span("a"), on.span("b"), on.span("c"), epilogue);
        });
  }
}
