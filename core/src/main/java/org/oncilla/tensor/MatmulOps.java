package org.oncilla.tensor;

import org.oncilla.backend.Backend;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.Span;
import org.oncilla.backend.UnaryOp;

/** Matrix products and their gradients. */
final class MatmulOps {
  private MatmulOps() {}

  static Tensor matmul(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
    Operands.same("matmul", a, b);
    GemmShape gemm = gemmShape(a.shape(), b.shape(), transposeA, transposeB);
    Shape result = resultShape(a.shape(), b.shape(), gemm);
    Backend backend = a.backend();
    Tensor c =
        Tensor.create(
            backend,
            backend.floatType(),
            result,
            "matmul",
            span -> backend.matmul().gemm(gemm, a.span(), b.span(), span, Epilogue.NONE));
    return Node.record(
        "matmul",
        c,
        new Tensor[] {a, b},
        new Tensor[] {a, b},
        (dc, node) -> {
          node.into(0, (da, add) -> gradientA(backend, gemm, dc, node.saved(1), da, add));
          node.into(1, (db, add) -> gradientB(backend, gemm, node.saved(0), dc, db, add));
        });
  }

  static Tensor linear(Tensor x, Tensor weight, Tensor bias, UnaryOp activation) {
    Operands.same("linear", x, weight, bias);
    Operands.requireRank("linear", "the input", x, 2, "[N, in]");
    Operands.requireRank("linear", "the weight", weight, 2, "[out, in]");
    int n = x.shape().size(0);
    int in = x.shape().size(1);
    int out = weight.shape().size(0);
    if (weight.shape().size(1) != in) {
      throw new IllegalArgumentException(
          "linear: an input of shape "
              + x.shape()
              + " does not fit a weight of shape "
              + weight.shape()
              + " [out, in]");
    }
    requireBias("linear", bias, out);
    Operands.requireFusable("linear", activation);
    Backend backend = x.backend();
    Epilogue epilogue = new Epilogue(false, bias == null ? null : bias.span(), activation);
    GemmShape gemm = GemmShape.of(n, out, in, false, true);
    Tensor y =
        Tensor.create(
            backend,
            backend.floatType(),
            Shape.of(n, out),
            "linear",
            span -> backend.matmul().gemm(gemm, x.span(), weight.span(), span, epilogue));
    return Node.record(
        "linear",
        y,
        new Tensor[] {x, weight, bias},
        ElementwiseOps.savedBy(activation, y, x, weight),
        (dy, node) -> {
          try (Tensor dz = ElementwiseOps.beforeActivation(activation, dy, node, 2)) {
            node.into(0, (dx, add) -> gradientA(backend, gemm, dz, node.saved(1), dx, add));
            node.into(1, (dw, add) -> gradientB(backend, gemm, node.saved(0), dz, dw, add));
            node.into(2, (db, add) -> sumRows(backend, dz, n, out, db, add));
          }
        });
  }

  static void requireBias(String operation, Tensor bias, int outputs) {
    if (bias != null && !bias.shape().equals(Shape.of(outputs))) {
      throw new IllegalArgumentException(
          operation
              + ": the bias has shape "
              + bias.shape()
              + ", but there are "
              + outputs
              + " outputs");
    }
  }

  private static void sumRows(Backend backend, Tensor dz, int n, int out, Span db, boolean add) {
    backend.reduction().reduce(ReduceOp.SUM, new ReduceShape(1, n, out), dz.span(), 1, db, add);
  }

  /** dA = dC·op(B)ᵀ, or its transpose where A is stored transposed. */
  private static void gradientA(
      Backend backend, GemmShape s, Tensor dc, Tensor b, Span da, boolean add) {
    int strideC = s.m() * s.n();
    if (s.transposeA()) {
      GemmShape g =
          new GemmShape(s.batch(), s.k(), s.m(), s.n(), s.transposeB(), true, s.strideB(), strideC);
      product(backend, g, b, dc, da, add, s.strideA());
    } else {
      GemmShape g =
          new GemmShape(
              s.batch(), s.m(), s.k(), s.n(), false, !s.transposeB(), strideC, s.strideB());
      product(backend, g, dc, b, da, add, s.strideA());
    }
  }

  /** dB = op(A)ᵀ·dC, or its transpose where B is stored transposed. */
  private static void gradientB(
      Backend backend, GemmShape s, Tensor a, Tensor dc, Span db, boolean add) {
    int strideC = s.m() * s.n();
    if (s.transposeB()) {
      GemmShape g =
          new GemmShape(s.batch(), s.n(), s.k(), s.m(), true, s.transposeA(), strideC, s.strideA());
      product(backend, g, dc, a, db, add, s.strideB());
    } else {
      GemmShape g =
          new GemmShape(
              s.batch(), s.k(), s.n(), s.m(), !s.transposeA(), false, s.strideA(), strideC);
      product(backend, g, a, dc, db, add, s.strideB());
    }
  }

  /** A product into a gradient; one matrix used by a whole batch gets the sum over the batch. */
  private static void product(
      Backend backend, GemmShape g, Tensor a, Tensor b, Span out, boolean add, int outStride) {
    if (g.batch() == 1 || outStride != 0) {
      backend.matmul().gemm(g, a.span(), b.span(), out, Epilogue.accumulate(add));
      return;
    }
    Shape parts = Shape.of(g.batch(), g.m(), g.n());
    try (Tensor each = Tensor.allocate(backend, backend.floatType(), parts, "matmul gradient")) {
      backend.matmul().gemm(g, a.span(), b.span(), each.span(), Epilogue.NONE);
      ReduceShape sum = new ReduceShape(1, g.batch(), g.m() * g.n());
      backend.reduction().reduce(ReduceOp.SUM, sum, each.span(), 1, out, add);
    }
  }

  private static GemmShape gemmShape(Shape a, Shape b, boolean transposeA, boolean transposeB) {
    if (a.rank() < 2 || b.rank() < 2) {
      throw new IllegalArgumentException(
          "matmul: needs matrices, but the shapes are "
              + a
              + " and "
              + b
              + "; reshape a vector to [n, 1] or [1, n]");
    }
    int m = a.size(transposeA ? -1 : -2);
    int k = a.size(transposeA ? -2 : -1);
    int n = b.size(transposeB ? -2 : -1);
    if (k != b.size(transposeB ? -1 : -2)) {
      throw new IllegalArgumentException(
          "matmul: "
              + described(a, transposeA)
              + " and "
              + described(b, transposeB)
              + " do not fit: the inner sizes are "
              + k
              + " and "
              + b.size(transposeB ? -1 : -2));
    }
    int batchA = a.length(0, a.rank() - 2);
    int batchB = b.length(0, b.rank() - 2);
    if (b.rank() == 2 && !transposeA) {
      return GemmShape.of(Math.multiplyExact(batchA, m), n, k, false, transposeB);
    }
    if (a.rank() > 2 && b.rank() > 2 && !leading(a).equals(leading(b))) {
      throw new IllegalArgumentException(
          "matmul: the batches of shapes "
              + a
              + " and "
              + b
              + " differ: "
              + leading(a)
              + " and "
              + leading(b));
    }
    return new GemmShape(
        Math.max(batchA, batchB),
        m,
        n,
        k,
        transposeA,
        transposeB,
        a.rank() == 2 ? 0 : m * k,
        b.rank() == 2 ? 0 : k * n);
  }

  private static Shape resultShape(Shape a, Shape b, GemmShape gemm) {
    Shape batched = a.rank() >= b.rank() ? a : b;
    int rows = a.size(gemm.transposeA() ? -1 : -2);
    int[] sizes = batched.sizes();
    sizes[sizes.length - 2] = rows;
    sizes[sizes.length - 1] = gemm.n();
    return Shape.of(sizes);
  }

  private static Shape leading(Shape shape) {
    return shape.without(-1).without(-1);
  }

  private static String described(Shape shape, boolean transposed) {
    return "shape " + shape + (transposed ? " transposed" : "");
  }
}
