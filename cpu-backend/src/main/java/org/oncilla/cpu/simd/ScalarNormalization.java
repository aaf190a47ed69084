package org.oncilla.cpu.simd;

import static org.oncilla.cpu.simd.FusedMultiplyAdd.fma;

/** {@link NormalizationOps} in plain Java; also what remains after the last whole register. */
public final class ScalarNormalization implements NormalizationOps {
  @Override
  public void deviations(float[] x, int xo, float mean, int n, float[] sums, int so) {
    float s0 = 0;
    float s1 = 0;
    float q0 = 0;
    float q1 = 0;
    int i = 0;
    for (; i + 2 <= n; i += 2) {
      float d0 = x[xo + i] - mean;
      float d1 = x[xo + i + 1] - mean;
      s0 += d0;
      s1 += d1;
      q0 = fma(d0, d0, q0);
      q1 = fma(d1, d1, q1);
    }
    if (i < n) {
      float d0 = x[xo + i] - mean;
      s0 += d0;
      q0 = fma(d0, d0, q0);
    }
    sums[so] = s0 + s1;
    sums[so + 1] = q0 + q1;
  }

  @Override
  public void addDeviations(
      float[] x,
      int xo,
      float[] mean,
      int mo,
      float[] sums,
      int so,
      float[] squares,
      int qo,
      int n) {
    for (int i = 0; i < n; i++) {
      float d = x[xo + i] - mean[mo + i];
      sums[so + i] += d;
      squares[qo + i] = fma(d, d, squares[qo + i]);
    }
  }

  @Override
  public void normalize(
      float[] x, int xo, float mean, float scale, float shift, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = fma(scale, x[xo + i] - mean, shift);
    }
  }

  @Override
  public void normalize(
      float[] x, int xo, float[] k, int ko, int stride, float[] y, int yo, int n) {
    int scale = ko + stride;
    int shift = scale + stride;
    for (int i = 0; i < n; i++) {
      y[yo + i] = fma(k[scale + i], x[xo + i] - k[ko + i], k[shift + i]);
    }
  }

  @Override
  public void products(
      float[] x, int xo, float mean, float[] dy, int dyo, int n, float[] sums, int so) {
    float s0 = 0;
    float s1 = 0;
    float p0 = 0;
    float p1 = 0;
    int i = 0;
    for (; i + 2 <= n; i += 2) {
      s0 += dy[dyo + i];
      s1 += dy[dyo + i + 1];
      p0 = fma(dy[dyo + i], x[xo + i] - mean, p0);
      p1 = fma(dy[dyo + i + 1], x[xo + i + 1] - mean, p1);
    }
    if (i < n) {
      s0 += dy[dyo + i];
      p0 = fma(dy[dyo + i], x[xo + i] - mean, p0);
    }
    sums[so] = s0 + s1;
    sums[so + 1] = p0 + p1;
  }

  @Override
  public void addProducts(
      float[] x,
      int xo,
      float[] mean,
      int mo,
      float[] dy,
      int dyo,
      float[] sums,
      int so,
      float[] products,
      int po,
      int n) {
    for (int i = 0; i < n; i++) {
      sums[so + i] += dy[dyo + i];
      products[po + i] = fma(dy[dyo + i], x[xo + i] - mean[mo + i], products[po + i]);
    }
  }

  @Override
  public void gradient(
      Gradient k,
      float[] x,
      int xo,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo,
      int n,
      boolean accumulate) {
    for (int i = 0; i < n; i++) {
      float rest = fma(k.ofInput(), x[xo + i] - k.mean(), k.constant());
      float gradient = fma(k.ofGradient(), dy[dyo + i], rest);
      dx[dxo + i] = accumulate ? dx[dxo + i] + gradient : gradient;
    }
  }

  @Override
  public void gradient(
      float[] k,
      int ko,
      int stride,
      float[] x,
      int xo,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo,
      int n,
      boolean accumulate) {
    int ofGradient = ko + stride;
    int ofInput = ofGradient + stride;
    int constant = ofInput + stride;
    for (int i = 0; i < n; i++) {
      float rest = fma(k[ofInput + i], x[xo + i] - k[ko + i], k[constant + i]);
      float gradient = fma(k[ofGradient + i], dy[dyo + i], rest);
      dx[dxo + i] = accumulate ? dx[dxo + i] + gradient : gradient;
    }
  }
}
