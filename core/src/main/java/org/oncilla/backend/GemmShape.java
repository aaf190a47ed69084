package org.oncilla.backend;

/**
 * The sizes of a batch of matrix products C = op(A)·op(B), all matrices row-major and dense.
 *
 * @param batch number of products
 * @param m rows of op(A) and C
 * @param n columns of op(B) and C
 * @param k columns of op(A), rows of op(B)
 * @param transposeA A is stored k×m instead of m×k
 * @param transposeB B is stored n×k instead of k×n
 * @param strideA elements from one A to the next; 0 uses one A for every product
 * @param strideB elements from one B to the next; 0 uses one B for every product
 */
public record GemmShape(
    int batch,
    int m,
    int n,
    int k,
    boolean transposeA,
    boolean transposeB,
    int strideA,
    int strideB) {
  /** Checks that all sizes are positive. */
  public GemmShape {
    if (batch < 1 || m < 1 || n < 1 || k < 1 || strideA < 0 || strideB < 0) {
      throw new IllegalArgumentException(
          "gemm sizes must be positive: batch " + batch + ", m " + m + ", n " + n + ", k " + k);
    }
  }

  /** A single product. */
  public static GemmShape of(int m, int n, int k, boolean transposeA, boolean transposeB) {
    return new GemmShape(1, m, n, k, transposeA, transposeB, 0, 0);
  }
}
