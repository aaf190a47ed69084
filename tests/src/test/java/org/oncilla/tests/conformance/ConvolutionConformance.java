package org.oncilla.tests.conformance;

import java.util.ArrayList;
import java.util.List;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.Span;
import org.oncilla.backend.UnaryOp;

class ConvolutionConformance {
  private static final int GENERATED = 80;

  @OnEveryBackend
  void forward(BackendUnderTest target) {
    Cases cases = new Cases(11);
    for (ConvolutionShape shape : shapes(cases)) {
      UnaryOp activation = cases.pick(UnaryOp.class);
      UnaryOp fused = activation.isFusable() ? activation : UnaryOp.IDENTITY;
      target.check(forward(cases, shape, cases.flag(), cases.flag(), fused));
    }
  }

  @OnEveryBackend
  void everyEpilogue(BackendUnderTest target) {
    Cases cases = new Cases(12);
    for (UnaryOp activation : UnaryOp.values()) {
      for (int options = 0; options < 4 && activation.isFusable(); options++) {
        ConvolutionShape shape = generated(cases);
        target.check(forward(cases, shape, (options & 1) != 0, (options & 2) != 0, activation));
      }
    }
  }

  @OnEveryBackend
  void backwardInput(BackendUnderTest target) {
    Cases cases = new Cases(13);
    for (ConvolutionShape shape : shapes(cases)) {
      target.check(backwardInput(cases, shape, cases.flag()));
    }
  }

  @OnEveryBackend
  void backwardWeight(BackendUnderTest target) {
    Cases cases = new Cases(14);
    for (ConvolutionShape shape : shapes(cases)) {
      target.check(backwardWeight(cases, shape, cases.flag()));
    }
  }

  @OnEveryBackend
  void backwardBias(BackendUnderTest target) {
    Cases cases = new Cases(15);
    for (ConvolutionShape shape : shapes(cases)) {
      target.check(backwardBias(cases, shape, cases.flag()));
    }
  }

  @OnEveryBackend
  void valuesOnAGridAreExact(BackendUnderTest target) {
    Cases cases = Cases.onGrid(16);
    for (ConvolutionShape shape : shapes(cases)) {
      target.check(forward(cases, shape, cases.flag(), cases.flag(), UnaryOp.RELU));
      target.check(backwardInput(cases, shape, cases.flag()));
      target.check(backwardWeight(cases, shape, cases.flag()));
      target.check(backwardBias(cases, shape, cases.flag()));
    }
  }

  /** Shapes of known networks and corners, then generated ones. */
  static List<ConvolutionShape> shapes(Cases cases) {
    List<ConvolutionShape> shapes = new ArrayList<>();
    // LeNet-5's three layers.
    shapes.add(square(3, 1, 28, 6, 5, 1, 2, 1, 1));
    shapes.add(square(5, 6, 14, 16, 5, 1, 0, 1, 1));
    shapes.add(square(7, 16, 5, 120, 5, 1, 0, 1, 1));
    // 3×3 and 1×1 as in residual networks, with and without stride; the 7×7 stem.
    shapes.add(square(2, 16, 14, 24, 3, 1, 1, 1, 1));
    shapes.add(square(2, 16, 15, 24, 3, 2, 1, 1, 1));
    shapes.add(square(2, 33, 7, 17, 1, 1, 0, 1, 1));
    shapes.add(square(2, 33, 7, 17, 1, 2, 0, 1, 1));
    shapes.add(square(1, 3, 30, 8, 7, 2, 3, 1, 1));
    // Depthwise, grouped, dilated.
    shapes.add(square(2, 12, 9, 12, 3, 1, 1, 1, 12));
    shapes.add(square(2, 6, 9, 24, 3, 2, 1, 1, 6));
    shapes.add(square(2, 12, 9, 8, 3, 1, 1, 1, 4));
    shapes.add(square(1, 4, 17, 5, 3, 1, 2, 2, 1));
    shapes.add(square(1, 4, 17, 6, 3, 2, 4, 4, 2));
    // One of everything; a kernel as large as the input; taps that only ever see padding.
    shapes.add(square(1, 1, 1, 1, 1, 1, 0, 1, 1));
    shapes.add(square(2, 3, 6, 4, 6, 1, 0, 1, 1));
    shapes.add(square(1, 2, 1, 3, 3, 1, 1, 1, 1));
    shapes.add(square(1, 2, 2, 3, 2, 3, 4, 1, 1));
    // A stride that steps over input elements.
    shapes.add(square(2, 2, 11, 3, 2, 5, 0, 1, 1));
    for (int i = 0; i < GENERATED; i++) {
      shapes.add(generated(cases));
    }
    return shapes;
  }

  private static ConvolutionShape square(
      int batch, int in, int size, int out, int kernel, int stride, int pad, int dilation, int g) {
    return new ConvolutionShape(
        batch, in, size, size, out, kernel, kernel, stride, stride, pad, pad, dilation, dilation,
        g);
  }

  /** Any shape that is legal, with different numbers for height and width. */
  static ConvolutionShape generated(Cases cases) {
    int groups = cases.pick(1, 1, 1, 2, 3, 4);
    int kernelHeight = cases.between(1, 5);
    int kernelWidth = cases.between(1, 5);
    int dilationHeight = cases.pick(1, 1, 1, 2, 3);
    int dilationWidth = cases.pick(1, 1, 1, 2, 3);
    int padHeight = cases.between(0, 3);
    int padWidth = cases.between(0, 3);
    int extentHeight = dilationHeight * (kernelHeight - 1) + 1;
    int extentWidth = dilationWidth * (kernelWidth - 1) + 1;
    return new ConvolutionShape(
        cases.between(1, 4),
        groups * cases.between(1, 5),
        Math.max(1, extentHeight - 2 * padHeight) + cases.between(0, 12),
        Math.max(1, extentWidth - 2 * padWidth) + cases.between(0, 20),
        groups * cases.between(1, 9),
        kernelHeight,
        kernelWidth,
        cases.between(1, 3),
        cases.between(1, 3),
        padHeight,
        padWidth,
        dilationHeight,
        dilationWidth,
        groups);
  }

  static KernelCall forward(
      Cases cases,
      ConvolutionShape shape,
      boolean accumulate,
      boolean hasBias,
      UnaryOp activation) {
    float[] x = cases.values(shape.inputLength());
    float[] w = cases.values(shape.weightLength());
    float[] bias = hasBias ? cases.values(shape.outChannels()) : null;
    float[] before = cases.values(shape.outputLength());
    KernelCall linear =
        forward(shape, x, w, bias, accumulate, before, UnaryOp.IDENTITY, Tolerance.EXACT);
    int products = shape.groupInChannels() * shape.kernelHeight() * shape.kernelWidth();
    Tolerance tolerance =
        Tolerance.terms(cases.roundings(products + 3), linear.magnitudes("y"))
            .then(ElementwiseConformance.ulps(activation));
    return forward(shape, x, w, bias, accumulate, before, activation, tolerance);
  }

  private static KernelCall forward(
      ConvolutionShape shape,
      float[] x,
      float[] w,
      float[] bias,
      boolean accumulate,
      float[] before,
      UnaryOp activation,
      Tolerance tolerance) {
    String options = " accumulate=" + accumulate + " bias=" + (bias != null) + " " + activation;
    KernelCall call =
        KernelCall.of("forward " + shape + options)
            .input("x", x)
            .input("w", w)
            .result("y", accumulate, before, tolerance);
    if (bias != null) {
      call.input("bias", bias);
    }
    return call.run(
        (backend, on) -> {
          Span biasSpan = bias == null ? null : on.span("bias");
          Epilogue epilogue = new Epilogue(accumulate, biasSpan, activation);
          backend.convolution().forward(shape, on.span("x"), on.span("w"), on.span("y"), epilogue);
        });
  }

  static KernelCall backwardInput(Cases cases, ConvolutionShape shape, boolean accumulate) {
    float[] dy = cases.values(shape.outputLength());
    float[] w = cases.values(shape.weightLength());
    float[] before = cases.values(shape.inputLength());
    int products = shape.groupOutChannels() * shape.kernelHeight() * shape.kernelWidth();
    return Judged.sum(
        "dx",
        cases.roundings(products + 2),
        tolerance ->
            KernelCall.of("backwardInput " + shape + " accumulate=" + accumulate)
                .input("dy", dy)
                .input("w", w)
                .result("dx", accumulate, before, tolerance)
                .run(
                    (backend, on) ->
                        backend
                            .convolution()
                            .backwardInput(
                                shape, on.span("dy"), on.span("w"), on.span("dx"), accumulate)));
  }

  static KernelCall backwardWeight(Cases cases, ConvolutionShape shape, boolean accumulate) {
    float[] x = cases.values(shape.inputLength());
    float[] dy = cases.values(shape.outputLength());
    float[] before = cases.values(shape.weightLength());
    int products = shape.batch() * shape.outHeight() * shape.outWidth();
    return Judged.sum(
        "dw",
        cases.roundings(products + 2),
        tolerance ->
            KernelCall.of("backwardWeight " + shape + " accumulate=" + accumulate)
                .input("x", x)
                .input("dy", dy)
                .result("dw", accumulate, before, tolerance)
                .run(
                    (backend, on) ->
                        backend
                            .convolution()
                            .backwardWeight(
                                shape, on.span("x"), on.span("dy"), on.span("dw"), accumulate)));
  }

  static KernelCall backwardBias(Cases cases, ConvolutionShape shape, boolean accumulate) {
    float[] dy = cases.values(shape.outputLength());
    float[] before = cases.values(shape.outChannels());
    int terms = shape.batch() * shape.outHeight() * shape.outWidth();
    return Judged.sum(
        "db",
        cases.roundings(terms + 1),
        tolerance ->
            KernelCall.of("backwardBias " + shape + " accumulate=" + accumulate)
                .input("dy", dy)
                .result("db", accumulate, before, tolerance)
                .run(
                    (backend, on) ->
                        backend
                            .convolution()
                            .backwardBias(shape, on.span("dy"), on.span("db"), accumulate)));
  }
}
