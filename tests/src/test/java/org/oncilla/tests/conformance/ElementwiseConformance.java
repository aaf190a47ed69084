package org.oncilla.tests.conformance;

import java.util.Arrays;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.BroadcastShape;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tests.reference.NormalDistribution;

class ElementwiseConformance {
  /** Of the functions that have a parameter. */
  private static final double ALPHA = 0.3;

  private static final int[] LENGTHS = {1, 3, 7, 8, 9, 15, 16, 17, 63, 64, 65, 1000, 4099, 70_001};

  @OnEveryBackend
  void fill(BackendUnderTest target) {
    for (int length : LENGTHS) {
      for (double value : new double[] {0, 1.5, -1.0 / 3, Double.NaN, Double.NEGATIVE_INFINITY}) {
        target.check(fill(length, value));
      }
    }
  }

  @OnEveryBackend
  void affine(BackendUnderTest target) {
    Cases cases = new Cases(41);
    for (int length : LENGTHS) {
      target.check(affine(cases, length, cases.flag()));
      target.check(affine(cases, length, cases.flag()));
    }
  }

  @OnEveryBackend
  void unary(BackendUnderTest target) {
    Cases cases = new Cases(42);
    for (UnaryOp op : UnaryOp.values()) {
      for (int length : LENGTHS) {
        target.check(unary(op, domain(op, cases, length), length % 2 == 0));
      }
    }
  }

  /** Large and tiny arguments, infinities and NaN. */
  @OnEveryBackend
  void unaryOfSpecialValues(BackendUnderTest target) {
    float[] x = {
      0,
      -0f,
      1,
      -1,
      88,
      -88,
      104,
      -104,
      1e-7f,
      -1e-7f,
      1e-30f,
      0.625f,
      -0.3f,
      9.1f,
      -9.1f,
      17,
      -17,
      1e10f,
      -1e10f,
      Float.MAX_VALUE,
      -Float.MAX_VALUE,
      Float.MIN_NORMAL,
      Float.POSITIVE_INFINITY,
      Float.NEGATIVE_INFINITY,
      Float.NaN
    };
    for (UnaryOp op : UnaryOp.values()) {
      target.check(unary(op, x, false));
    }
  }

  @OnEveryBackend
  void unaryBackward(BackendUnderTest target) {
    Cases cases = new Cases(43);
    for (UnaryOp op : UnaryOp.values()) {
      for (int length : LENGTHS) {
        target.check(unaryBackward(op, cases, length, cases.flag()));
      }
    }
  }

  @OnEveryBackend
  void binaryOfEqualShapes(BackendUnderTest target) {
    Cases cases = new Cases(44);
    for (BinaryOp op : BinaryOp.values()) {
      for (int length : LENGTHS) {
        BroadcastShape shape = BroadcastShape.elementwise(length);
        float[] a = ordered(op) ? cases.ties(length) : cases.values(length);
        float[] b = ordered(op) ? cases.ties(length) : divisors(cases, length);
        target.check(binary(cases, op, shape, a, b, cases.flag()));
      }
    }
  }

  @OnEveryBackend
  void binaryWithBroadcasting(BackendUnderTest target) {
    Cases cases = new Cases(45);
    for (BinaryOp op : BinaryOp.values()) {
      for (int rank = 1; rank <= BroadcastShape.MAX_RANK; rank++) {
        for (int i = 0; i < 5; i++) {
          target.check(broadcast(cases, op, rank, cases.flag()));
        }
      }
    }
  }

  /**
   * The broadcasts of networks: a bias on rows, on columns, on channels, a scalar on either side.
   */
  @OnEveryBackend
  void binaryWithLargeBroadcasts(BackendUnderTest target) {
    Cases cases = new Cases(46);
    int[][][] shapes = {
      {{200, 301}, {301, 1}, {0, 1}},
      {{200, 301}, {301, 1}, {1, 0}},
      {{200, 301}, {0, 1}, {301, 1}},
      {{4, 33, 49}, {33 * 49, 49, 1}, {0, 1, 0}},
      {{70_001}, {1}, {0}},
      {{70_001}, {0}, {1}},
      {{300, 5}, {0, 1}, {1, 0}},
      {{5, 300}, {1, 0}, {0, 1}},
    };
    for (int[][] strides : shapes) {
      BroadcastShape shape = new BroadcastShape(strides[0], strides[1], strides[2]);
      BinaryOp op = cases.pick(BinaryOp.class);
      float[] a = cases.values(reach(shape.sizes(), shape.stridesA()));
      float[] b = divisors(cases, reach(shape.sizes(), shape.stridesB()));
      target.check(binary(cases, op, shape, a, b, cases.flag()));
    }
  }

  @OnEveryBackend
  void binaryOfSpecialValues(BackendUnderTest target) {
    float[] specials = {
      0, -0f, 1, -2.5f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MAX_VALUE
    };
    int n = specials.length;
    BroadcastShape everyPair =
        new BroadcastShape(new int[] {n, n}, new int[] {1, 0}, new int[] {0, 1});
    for (BinaryOp op : BinaryOp.values()) {
      target.check(binary(new Cases(47), op, everyPair, specials, specials, false));
    }
  }

  @OnEveryBackend
  void inPlace(BackendUnderTest target) {
    Cases cases = new Cases(48);
    for (int length : LENGTHS) {
      float[] values = cases.values(length);
      float[] other = cases.values(length);
      target.check(
          KernelCall.of("RELU in place, length " + length)
              .updated("x", values, Tolerance.EXACT)
              .run(
                  (backend, on) ->
                      backend.elementwise().unary(UnaryOp.RELU, 0, on.span("x"), on.span("x"))));
      target.check(
          KernelCall.of("MAXIMUM in place, length " + length)
              .updated("a", values, Tolerance.EXACT)
              .input("b", other)
              .run(
                  (backend, on) ->
                      backend
                          .elementwise()
                          .binary(
                              BinaryOp.MAXIMUM,
                              BroadcastShape.elementwise(length),
                              on.span("a"),
                              on.span("b"),
                              on.span("a"),
                              false)));
      target.check(
          KernelCall.of("RELU gradient in place, length " + length)
              .input("y", other)
              .updated("dy", values, Tolerance.EXACT)
              .run(
                  (backend, on) ->
                      backend
                          .elementwise()
                          .unaryBackward(
                              UnaryOp.RELU, 0, on.span("y"), on.span("dy"), on.span("dy"), false)));
    }
  }

  /** The error of a function in units in the last place, as OpenCL C grants it. */
  static double ulps(UnaryOp op) {
    return switch (op) {
      case IDENTITY, RELU, NEGATE, ABS, STEP -> 0;
      case SQUARE -> 1;
      // The parameter, or a sixth, is rounded as well.
      case LEAKY_RELU, HARD_SIGMOID -> 3;
      case EXP, LOG, SQRT, RECIPROCAL -> 3;
      case TANH -> 5;
      // An exponential, a sum and a quotient.
      case SIGMOID -> 8;
      case ELU, SELU, SOFTPLUS -> 6;
      // Two roots of an exponential; an exponential and a polynomial of ten terms.
      case SILU, GELU -> 16;
    };
  }

  /**
   * The tolerance of a function; a GELU where fused multiply-adds are slow is off by x²/2 roundings
   * more.
   */
  private static Tolerance tolerance(UnaryOp op, float[] x) {
    if (op != UnaryOp.GELU) {
      return ulps(op) == 0 ? Tolerance.EXACT : Tolerance.ulps(ulps(op));
    }
    double[] magnitudes = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double square = Math.min((double) x[i] * x[i], 1e3);
      magnitudes[i] = square / 2 * Math.abs(x[i] * NormalDistribution.cumulative(x[i]));
    }
    return Tolerance.terms(1, magnitudes).then(ulps(op));
  }

  static KernelCall fill(int length, double value) {
    return KernelCall.of("fill length=" + length + " value=" + value)
        .output("out", length, Tolerance.EXACT)
        .run((backend, on) -> backend.elementwise().fill(on.span("out"), value));
  }

  static KernelCall affine(Cases cases, int length, boolean accumulate) {
    float[] x = cases.values(length);
    float[] before = cases.values(length);
    double scale = cases.pick(1, 3, -2) / 3.0;
    double shift = cases.pick(0, 1, -7) / 7.0;
    String options = " scale=" + scale + " shift=" + shift + " accumulate=" + accumulate;
    double[] magnitudes =
        affine("", x, Math.abs(scale), Math.abs(shift), before, accumulate, Tolerance.EXACT)
            .magnitudes("out");
    return affine(
        "affine length=" + length + options,
        x,
        scale,
        shift,
        before,
        accumulate,
        Tolerance.terms(5, magnitudes));
  }

  private static KernelCall affine(
      String description,
      float[] x,
      double scale,
      double shift,
      float[] before,
      boolean accumulate,
      Tolerance tolerance) {
    return KernelCall.of(description)
        .input("x", x)
        .result("out", accumulate, before, tolerance)
        .run(
            (backend, on) ->
                backend
                    .elementwise()
                    .affine(on.span("x"), scale, shift, on.span("out"), accumulate));
  }

  static KernelCall unary(UnaryOp op, float[] x, boolean inPlace) {
    Tolerance tolerance = tolerance(op, x);
    KernelCall call = KernelCall.of(op + " length=" + x.length + (inPlace ? " in place" : ""));
    if (inPlace) {
      return call.updated("y", x, tolerance)
          .run((backend, on) -> backend.elementwise().unary(op, ALPHA, on.span("y"), on.span("y")));
    }
    return call.input("x", x)
        .output("y", x.length, tolerance)
        .run((backend, on) -> backend.elementwise().unary(op, ALPHA, on.span("x"), on.span("y")));
  }

  static KernelCall unaryBackward(UnaryOp op, Cases cases, int length, boolean accumulate) {
    float[] saved = saved(op, cases, length);
    float[] dy = cases.values(length);
    float[] before = cases.values(length);
    double[] magnitudes = new double[length];
    for (int i = 0; i < length; i++) {
      magnitudes[i] =
          Math.abs(dy[i]) * slopeTerms(op, saved[i]) + (accumulate ? Math.abs(before[i]) : 0);
    }
    return KernelCall.of("gradient of " + op + " length=" + length + " accumulate=" + accumulate)
        .input("saved", saved)
        .input("dy", dy)
        .result("dx", accumulate, before, Tolerance.terms(slopeRoundings(op), magnitudes))
        .run(
            (backend, on) ->
                backend
                    .elementwise()
                    .unaryBackward(
                        op, 0, on.span("saved"), on.span("dy"), on.span("dx"), accumulate));
  }

  /** Roundings of a derivative: few, but for those that are elementary functions themselves. */
  private static double slopeRoundings(UnaryOp op) {
    return switch (op) {
      case ELU, SELU -> 12;
      case SOFTPLUS, SILU -> 24;
      case GELU -> 40;
      default -> 8;
    };
  }

  /** The terms of op′ in absolute value: where it subtracts, cancellation magnifies roundings. */
  private static double slopeTerms(UnaryOp op, double saved) {
    return switch (op) {
      case IDENTITY, NEGATE, RELU, ABS, STEP, LEAKY_RELU, ELU, SOFTPLUS, HARD_SIGMOID -> 1;
      case SELU -> UnaryOp.SELU_LAMBDA * UnaryOp.SELU_ALPHA;
      case SILU -> 1 + Math.abs(saved) / (2 + 2 * Math.cosh(saved));
      // As many more roundings as tolerance() says.
      case GELU ->
          1 + Math.abs(saved) * (1 + saved * saved / 8) * NormalDistribution.density(saved);
      case TANH -> 1 + saved * saved;
      case SIGMOID -> Math.abs(saved) * (1 + Math.abs(saved));
      case EXP -> Math.abs(saved);
      case LOG -> 1 / Math.abs(saved);
      case SQRT -> 1 / (2 * Math.abs(saved));
      case SQUARE -> 2 * Math.abs(saved);
      case RECIPROCAL -> saved * saved;
    };
  }

  static KernelCall broadcast(Cases cases, BinaryOp op, int rank, boolean accumulate) {
    int[] sizes = new int[rank];
    for (int axis = 0; axis < rank; axis++) {
      sizes[axis] = cases.between(1, rank < 4 ? 17 : 6);
    }
    int[] stridesA = strides(cases, sizes);
    int[] stridesB = strides(cases, sizes);
    float[] a = cases.values(reach(sizes, stridesA));
    float[] b = divisors(cases, reach(sizes, stridesB));
    return binary(cases, op, new BroadcastShape(sizes, stridesA, stridesB), a, b, accumulate);
  }

  /** Dense strides, in another order of axes now and then, with broadcast axes among them. */
  private static int[] strides(Cases cases, int[] sizes) {
    int[] strides = new int[sizes.length];
    int[] order = cases.permutation(sizes.length);
    boolean permuted = cases.between(0, 3) == 0;
    int next = 1;
    for (int i = sizes.length - 1; i >= 0; i--) {
      int axis = permuted ? order[i] : i;
      if (cases.between(0, 2) > 0) {
        strides[axis] = next;
        next *= sizes[axis];
      }
    }
    return strides;
  }

  private static int reach(int[] sizes, int[] strides) {
    int last = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      last += (sizes[axis] - 1) * strides[axis];
    }
    return last + 1;
  }

  static KernelCall binary(
      Cases cases, BinaryOp op, BroadcastShape shape, float[] a, float[] b, boolean accumulate) {
    float[] before = cases.values(shape.length());
    KernelCall alone = binary(op, shape, a, b, before, false, Tolerance.EXACT);
    boolean exact = ordered(op) && !accumulate;
    float[] added = accumulate ? before : new float[before.length];
    return binary(
        op, shape, a, b, before, accumulate, exact ? Tolerance.EXACT : rounded(alone, added));
  }

  /** The operation to 2.5 units in the last place, as a quotient may be, then one addition. */
  private static Tolerance rounded(KernelCall alone, float[] added) {
    double[] magnitudes = alone.expected("out");
    for (int i = 0; i < magnitudes.length; i++) {
      magnitudes[i] = Math.abs(magnitudes[i]) + Math.abs(added[i]);
    }
    return Tolerance.terms(6, magnitudes);
  }

  private static KernelCall binary(
      BinaryOp op,
      BroadcastShape shape,
      float[] a,
      float[] b,
      float[] before,
      boolean accumulate,
      Tolerance tolerance) {
    String description =
        op
            + " sizes="
            + Arrays.toString(shape.sizes())
            + " stridesA="
            + Arrays.toString(shape.stridesA())
            + " stridesB="
            + Arrays.toString(shape.stridesB())
            + " accumulate="
            + accumulate;
    return KernelCall.of(description)
        .input("a", a)
        .input("b", b)
        .result("out", accumulate, before, tolerance)
        .run(
            (backend, on) ->
                backend
                    .elementwise()
                    .binary(op, shape, on.span("a"), on.span("b"), on.span("out"), accumulate));
  }

  private static boolean ordered(BinaryOp op) {
    return switch (op) {
      case MAXIMUM, MINIMUM, EQUAL, GREATER -> true;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE -> false;
    };
  }

  private static float[] divisors(Cases cases, int length) {
    float[] values = cases.positive(length);
    for (int i = 0; i < length; i++) {
      values[i] = cases.flag() ? values[i] : -values[i];
    }
    return values;
  }

  private static float[] domain(UnaryOp op, Cases cases, int length) {
    return switch (op) {
      case LOG, SQRT -> cases.positive(length);
      case RECIPROCAL -> divisors(cases, length);
      default -> {
        float[] values = cases.values(length);
        for (int i = 0; i < length; i++) {
          values[i] *= cases.pick(1, 1, 4, 16);
        }
        yield values;
      }
    };
  }

  /** Possible outputs of the function, or inputs where the gradient is computed from those. */
  private static float[] saved(UnaryOp op, Cases cases, int length) {
    float[] x = domain(op, cases, length);
    if (!op.gradientFromOutput()) {
      return op == UnaryOp.SQUARE ? cases.values(length) : x;
    }
    double[] y = unary(op, x, false).expected("y");
    float[] saved = new float[length];
    for (int i = 0; i < length; i++) {
      saved[i] = (float) y[i];
    }
    return saved;
  }
}
