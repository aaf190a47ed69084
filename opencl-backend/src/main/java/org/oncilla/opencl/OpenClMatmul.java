package org.oncilla.opencl;

import org.oncilla.backend.DType;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.MatmulKernels;
import org.oncilla.backend.Span;
import org.oncilla.backend.SpanChecks;

/** Matrix products by matmul.cl: transposes are strides, a batch is slices. */
final class OpenClMatmul implements MatmulKernels {
  private static final String OPERATION = "gemm";

  private final OpenClProduct product;

  OpenClMatmul(OpenClRuntime runtime) {
    product = new OpenClProduct(runtime, "matmul");
  }

  @Override
  public void gemm(GemmShape shape, Span a, Span b, Span c, Epilogue epilogue) {
    check(shape, a, b, c, epilogue);
    boolean tA = shape.transposeA();
    boolean tB = shape.transposeB();
    OpenClProduct.Sizes sizes =
        new OpenClProduct.Sizes(
            shape.m(),
            shape.n(),
            shape.k(),
            shape.batch(),
            tA ? 1 : shape.k(),
            shape.n(),
            shape.strideA(),
            shape.strideB(),
            shape.m() * shape.n(),
            0,
            false,
            true);
    int[] geometry = {tA ? shape.m() : 1, tB ? 1 : shape.n(), tB ? shape.k() : 1};
    String macros = "-DA_LANES_K=" + (tA ? 0 : 1) + " -DB_LANES_K=" + (tB ? 1 : 0);
    product.run(OPERATION, sizes, macros, geometry, a, b, c, epilogue);
  }

  private static void check(GemmShape shape, Span a, Span b, Span c, Epilogue epilogue) {
    int sizeA = Math.multiplyExact(shape.m(), shape.k());
    int sizeB = Math.multiplyExact(shape.k(), shape.n());
    int sizeC = Math.multiplyExact(shape.m(), shape.n());
    SpanChecks.require(
        OPERATION, "a", a, DType.FLOAT32, batched(shape.batch(), shape.strideA(), sizeA));
    SpanChecks.require(
        OPERATION, "b", b, DType.FLOAT32, batched(shape.batch(), shape.strideB(), sizeB));
    SpanChecks.require(OPERATION, "c", c, DType.FLOAT32, Math.multiplyExact(shape.batch(), sizeC));
    if (epilogue.bias() != null) {
      SpanChecks.require(OPERATION, "bias", epilogue.bias(), DType.FLOAT32, shape.n());
    }
  }

  private static int batched(int batch, int stride, int size) {
    return Math.addExact(Math.multiplyExact(batch - 1, stride), size);
  }
}
