package org.oncilla.cpu;

import static org.oncilla.backend.DType.FLOAT32;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.MatmulKernels;
import org.oncilla.backend.Span;

/** Matrix products through {@link Gemm}; a batch of small ones is shared out product by product. */
final class CpuMatmul implements MatmulKernels {
  private static final long WORTH_SHARING = 200_000;

  private final Gemm gemm;

  CpuMatmul(Gemm gemm) {
    this.gemm = gemm;
  }

  @Override
  public void gemm(GemmShape shape, Span a, Span b, Span c, Epilogue epilogue) {
    ArgumentChecks.gemm(FLOAT32, shape, a, b, c, epilogue);
    Finish finish = Finish.of(epilogue);
    if (shape.batch() == 1) {
      gemm.multiply(product(shape, 0, a, b, c), finish);
      return;
    }
    long work = (long) shape.batch() * shape.m() * shape.n() * shape.k();
    boolean share = work >= WORTH_SHARING && shape.batch() >= 2 * gemm.context().team().size();
    gemm.context()
        .team()
        .run(share, shape.batch(), i -> gemm.multiply(product(shape, i, a, b, c), finish));
  }

  private static Gemm.Product product(GemmShape shape, int index, Span a, Span b, Span c) {
    return new Gemm.Product(
        shape.m(),
        shape.n(),
        shape.k(),
        shape.transposeA(),
        shape.transposeB(),
        CpuBuffer.floats(a),
        a.offset() + index * shape.strideA(),
        CpuBuffer.floats(b),
        b.offset() + index * shape.strideB(),
        CpuBuffer.floats(c),
        c.offset() + index * shape.m() * shape.n());
  }
}
