package org.oncilla.cpu.simd;

import static org.oncilla.cpu.simd.FusedMultiplyAdd.fma;

/** {@link ReductionOps} in plain Java, with four partial sums. */
public final class ScalarReductions implements ReductionOps {
  @Override
  public float sum(float[] x, int xo, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      s0 += x[xo + i];
      s1 += x[xo + i + 1];
      s2 += x[xo + i + 2];
      s3 += x[xo + i + 3];
    }
    for (; i < n; i++) {
      s0 += x[xo + i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  @Override
  public float max(float[] x, int xo, int n) {
    float result = x[xo];
    for (int i = 1; i < n; i++) {
      result = Math.max(result, x[xo + i]);
    }
    return result;
  }

  @Override
  public float min(float[] x, int xo, int n) {
    float result = x[xo];
    for (int i = 1; i < n; i++) {
      result = Math.min(result, x[xo + i]);
    }
    return result;
  }

  @Override
  public float dot(float[] x, int xo, float[] y, int yo, int n) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = 0;
    for (; i + 4 <= n; i += 4) {
      s0 = fma(x[xo + i], y[yo + i], s0);
      s1 = fma(x[xo + i + 1], y[yo + i + 1], s1);
      s2 = fma(x[xo + i + 2], y[yo + i + 2], s2);
      s3 = fma(x[xo + i + 3], y[yo + i + 3], s3);
    }
    for (; i < n; i++) {
      s0 = fma(x[xo + i], y[yo + i], s0);
    }
    return (s0 + s1) + (s2 + s3);
  }

  @Override
  public float expSum(float[] x, int xo, float shift, float[] y, int yo, int n) {
    float total = 0;
    for (int i = 0; i < n; i++) {
      float e = ScalarMath.exp(x[xo + i] + shift);
      y[yo + i] = e;
      total += e;
    }
    return total;
  }
}
