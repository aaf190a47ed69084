package org.oncilla.cpu.simd;

/** Reductions of n consecutive elements to one, in an order that depends on n only. */
public interface ReductionOps {
  /** Σ x. */
  float sum(float[] x, int xo, int n);

  /** The largest element, NaN if any is NaN. */
  float max(float[] x, int xo, int n);

  /** The smallest element, NaN if any is NaN. */
  float min(float[] x, int xo, int n);

  /** Σ x·y. */
  float dot(float[] x, int xo, float[] y, int yo, int n);

  /** y = e<sup>x + shift</sup>; the result is Σ y. */
  float expSum(float[] x, int xo, float shift, float[] y, int yo, int n);
}
