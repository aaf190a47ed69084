package org.oncilla.tests.reference;

import static org.oncilla.tests.reference.ReferenceFunctions.apply;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.DType;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.MatmulKernels;
import org.oncilla.backend.Span;

/** Matrix products as three nested loops. */
final class ReferenceMatmul implements MatmulKernels {
  @Override
  public void gemm(GemmShape shape, Span a, Span b, Span c, Epilogue epilogue) {
    ArgumentChecks.gemm(DType.FLOAT64, shape, a, b, c, epilogue);
    int m = shape.m();
    int n = shape.n();
    int k = shape.k();
    Values as = Values.of(a);
    Values bs = Values.of(b);
    Values cs = Values.of(c);
    Values bias = epilogue.bias() == null ? null : Values.of(epilogue.bias());
    for (int batch = 0; batch < shape.batch(); batch++) {
      for (int row = 0; row < m; row++) {
        for (int column = 0; column < n; column++) {
          double sum = 0;
          for (int i = 0; i < k; i++) {
            int atA = shape.transposeA() ? i * m + row : row * k + i;
            int atB = shape.transposeB() ? column * k + i : i * n + column;
            sum += as.get(batch * shape.strideA() + atA) * bs.get(batch * shape.strideB() + atB);
          }
          int at = (batch * m + row) * n + column;
          double before = epilogue.accumulate() ? cs.get(at) : 0;
          double shift = bias == null ? 0 : bias.get(column);
          cs.set(at, apply(epilogue.activation(), before + sum + shift));
        }
      }
    }
  }
}
