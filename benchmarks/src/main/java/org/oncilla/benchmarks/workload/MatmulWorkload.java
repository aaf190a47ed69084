package org.oncilla.benchmarks.workload;

/**
 * The product of a matrix [m, k] and a matrix [k, n].
 *
 * @param m rows of the product
 * @param n columns of the product
 * @param k length of the sums
 */
public record MatmulWorkload(int m, int n, int k) implements Workload {
  @Override
  public String name() {
    return m == n && n == k ? "gemm/" + n : "gemm/" + m + "," + n + "," + k;
  }

  @Override
  public double flops() {
    return 2.0 * m * n * k;
  }
}
