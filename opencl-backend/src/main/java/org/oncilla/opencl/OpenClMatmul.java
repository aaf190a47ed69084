package org.oncilla.opencl;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.DType;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.MatmulKernels;
import org.oncilla.backend.Span;

/** Matrix products by matmul.cl: transposes are strides, a batch is slices. */
final class OpenClMatmul implements MatmulKernels {
  private final OpenClProduct product;

  OpenClMatmul(OpenClRuntime runtime) {
    product = new OpenClProduct(runtime, "matmul");
  }

  @Override
  public void gemm(GemmShape shape, Span a, Span b, Span c, Epilogue epilogue) {
    String operation = ArgumentChecks.gemm(DType.FLOAT32, shape, a, b, c, epilogue);
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
    product.run(operation, sizes, macros, geometry, a, b, c, epilogue);
  }
}
