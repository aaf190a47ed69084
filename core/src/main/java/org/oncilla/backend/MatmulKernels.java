package org.oncilla.backend;

/** General matrix products (GEMM), single and batched. */
public interface MatmulKernels {
  /**
   * C[i] = activation(β·C[i] + op(A[i])·op(B[i]) + bias) for i in 0 … batch−1.
   *
   * <p>Products are accumulated in single precision or better, in an order that depends on the
   * sizes only, so that a repeated call gives the same bits.
   *
   * @param shape sizes, transposes and batch strides; C[i] starts at i·m·n
   * @param a the A matrices
   * @param b the B matrices
   * @param c the C matrices, batch·m·n elements, not overlapping a or b
   * @param epilogue bias (length n, added to each row), activation and accumulation
   */
  void gemm(GemmShape shape, Span a, Span b, Span c, Epilogue epilogue);
}
