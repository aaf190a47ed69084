package org.oncilla.tensor;

import java.util.Arrays;
import org.oncilla.backend.Backend;
import org.oncilla.backend.CopyShape;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.Span;

/** Images of other sizes: padded, enlarged, averaged to a given size. */
final class ResamplingOps {
  private ResamplingOps() {}

  static Tensor pad(Tensor x, int[] widths) {
    Operands.values("pad", x);
    Shape input = x.shape();
    requireWidths(input, widths);
    if (Arrays.stream(widths).allMatch(width -> width == 0)) {
      return IndexingOps.reshape(x, input.sizes());
    }
    int[] sizes = input.sizes();
    int[] first = new int[sizes.length];
    for (int i = 0; i < widths.length / 2; i++) {
      int axis = sizes.length - 1 - i;
      first[axis] = widths[2 * i];
      sizes[axis] = Math.addExact(sizes[axis], Math.addExact(widths[2 * i], widths[2 * i + 1]));
    }
    Shape result = Shape.of(sizes);
    int offset = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      offset += first[axis] * result.strides()[axis];
    }
    CopyShape copy = new CopyShape(input.sizes(), 0, input.strides(), offset, result.strides());
    Backend backend = x.backend();
    Tensor y =
        Tensor.create(
            backend,
            backend.floatType(),
            result,
            "pad",
            span -> {
              backend.elementwise().fill(span, 0);
              backend.indexing().copy(copy, x.span(), span, false);
            });
    return Node.record(
        "pad",
        y,
        new Tensor[] {x},
        new Tensor[0],
        (dy, node) ->
            node.into(
                0, (dx, add) -> backend.indexing().copy(copy.reversed(), dy.span(), dx, add)));
  }

  private static void requireWidths(Shape input, int[] widths) {
    boolean negative = Arrays.stream(widths).anyMatch(width -> width < 0);
    if (negative || widths.length % 2 != 0 || widths.length > 2 * input.rank()) {
      throw new IllegalArgumentException(
          "pad: "
              + Arrays.toString(widths)
              + (negative
                  ? " has a negative width; slice cuts elements off"
                  : " are no pairs (before, after) for axes of shape "
                      + input
                      + ", the last axis first"));
    }
  }

  static Tensor upsample(Tensor x, int heightFactor, int widthFactor, Interpolation mode) {
    Operands.values("upsample", x);
    Operands.requireRank("upsample", "the input", x, 4, "[N, C, H, W]");
    if (heightFactor < 1 || widthFactor < 1) {
      throw new IllegalArgumentException(
          "upsample: the factors must be at least 1, not " + heightFactor + " and " + widthFactor);
    }
    return switch (mode) {
      case NEAREST -> repeated(x, heightFactor, widthFactor);
      case BILINEAR ->
          separable(
              "upsample",
              x,
              interpolation(x.shape().size(2), heightFactor),
              interpolation(x.shape().size(3), widthFactor));
    };
  }

  private static Tensor repeated(Tensor x, int heightFactor, int widthFactor) {
    Shape s = x.shape();
    int planes = s.length(0, 2);
    int height = s.size(2);
    int width = s.size(3);
    Shape target = Shape.of(planes, height, heightFactor, width, widthFactor);
    try (Tensor pixels = x.reshape(planes, height, 1, width, 1);
        Tensor blocks = pixels.broadcastTo(target)) {
      return blocks.reshape(s.size(0), s.size(1), height * heightFactor, width * widthFactor);
    }
  }

  static Tensor adaptiveAverage2d(Tensor x, int height, int width) {
    String name = "adaptiveAvgPool2d";
    Operands.values(name, x);
    Operands.requireRank(name, "the input", x, 4, "[N, C, H, W]");
    requireOutput(name, height, width);
    return adaptiveAverage(x, height, width);
  }

  static Tensor adaptiveAverage1d(Tensor x, int length) {
    String name = "adaptiveAvgPool1d";
    Operands.values(name, x);
    Operands.requireRank(name, "the input", x, 3, "[N, C, L]");
    requireOutput(name, length, length);
    Shape s = x.shape();
    try (Tensor images = x.reshape(s.size(0), s.size(1), 1, s.size(2));
        Tensor means = adaptiveAverage(images, 1, length)) {
      return means.reshape(s.size(0), s.size(1), length);
    }
  }

  private static void requireOutput(String name, int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          name + ": the output size must be at least 1, not " + Math.min(height, width));
    }
  }

  private static Tensor adaptiveAverage(Tensor x, int height, int width) {
    int inHeight = x.shape().size(2);
    int inWidth = x.shape().size(3);
    if (height == 1 && width == 1) {
      return x.meanKeepingAxes(2, 3);
    }
    if (inHeight % height == 0 && inWidth % width == 0) {
      return x.avgPool2d(Pool2dOptions.of(inHeight / height, inWidth / width));
    }
    return separable("adaptiveAvgPool2d", x, windows(inHeight, height), windows(inWidth, width));
  }

  /**
   * Mixes rows by one matrix and columns by another, rows·X·columnsᵀ for each plane X: what
   * resampling is whose weights are products of one for the row and one for the column. One node,
   * so that nothing is saved in between.
   */
  private static Tensor separable(String name, Tensor x, double[][] rows, double[][] columns) {
    try (Tensor left = matrix(x.backend(), rows);
        Tensor right = matrix(x.backend(), columns)) {
      return Node.record(
          name,
          mixed(x, left, right),
          new Tensor[] {x},
          new Tensor[] {left, right},
          (dy, node) ->
              node.into(0, (dx, add) -> unmixed(dy, node.saved(0), node.saved(1), dx, add)));
    }
  }

  private static Tensor mixed(Tensor x, Tensor left, Tensor right) {
    try (NoGrad off = NoGrad.open();
        Tensor wide = x.matmul(right, false, true)) {
      return left.matmul(wide);
    }
  }

  /** dX = rowsᵀ·dY·columns. */
  private static void unmixed(Tensor dy, Tensor left, Tensor right, Span dx, boolean add) {
    try (Tensor tall = left.matmul(dy, true, false)) {
      int columns = right.shape().size(1);
      int outColumns = right.shape().size(0);
      GemmShape gemm =
          GemmShape.of(tall.shape().length() / outColumns, columns, outColumns, false, false);
      dy.backend().matmul().gemm(gemm, tall.span(), right.span(), dx, Epilogue.accumulate(add));
    }
  }

  private static Tensor matrix(Backend backend, double[][] rows) {
    double[] values = Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    return Tensor.of(backend, values, Shape.of(rows.length, rows[0].length));
  }

  /** Weights of the inputs in each output along an axis that is enlarged linearly. */
  private static double[][] interpolation(int in, int factor) {
    double[][] weights = new double[Math.multiplyExact(in, factor)][in];
    for (int i = 0; i < weights.length; i++) {
      double at = Math.max(0, (i + 0.5) / factor - 0.5);
      int before = (int) at;
      int after = Math.min(before + 1, in - 1);
      weights[i][before] += 1 - (at - before);
      weights[i][after] += at - before;
    }
    return weights;
  }

  /** Means over the windows ⌊i·in/out⌋ … ⌈(i + 1)·in/out⌉ − 1. */
  private static double[][] windows(int in, int out) {
    double[][] weights = new double[out][in];
    for (int i = 0; i < out; i++) {
      int from = (int) ((long) i * in / out);
      int to = (int) (((i + 1L) * in + out - 1) / out);
      Arrays.fill(weights[i], from, to, 1.0 / (to - from));
    }
    return weights;
  }
}
