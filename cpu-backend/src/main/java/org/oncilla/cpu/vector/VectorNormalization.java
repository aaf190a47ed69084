package org.oncilla.cpu.vector;

import static org.oncilla.cpu.vector.VectorMath.LANES;
import static org.oncilla.cpu.vector.VectorMath.SPECIES;

import jdk.incubator.vector.FloatVector;
import org.oncilla.cpu.simd.NormalizationOps;
import org.oncilla.cpu.simd.ScalarNormalization;

/** {@link NormalizationOps} in whole registers; the scalar implementation does what remains. */
final class VectorNormalization implements NormalizationOps {
  private final ScalarNormalization rest = new ScalarNormalization();

  @Override
  public void deviations(float[] x, int xo, float mean, int n, float[] sums, int so) {
    FloatVector m = FloatVector.broadcast(SPECIES, mean);
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector q0 = s0;
    FloatVector q1 = s0;
    int i = 0;
    for (; i <= n - 2 * LANES; i += 2 * LANES) {
      FloatVector d0 = load(x, xo + i).sub(m);
      FloatVector d1 = load(x, xo + i + LANES).sub(m);
      s0 = s0.add(d0);
      s1 = s1.add(d1);
      q0 = d0.fma(d0, q0);
      q1 = d1.fma(d1, q1);
    }
    for (; i <= n - LANES; i += LANES) {
      FloatVector d0 = load(x, xo + i).sub(m);
      s0 = s0.add(d0);
      q0 = d0.fma(d0, q0);
    }
    rest.deviations(x, xo + i, mean, n - i, sums, so);
    float[] lanes = new float[LANES];
    s0.add(s1).intoArray(lanes, 0);
    sums[so] += LaneSums.sum(lanes, 0);
    q0.add(q1).intoArray(lanes, 0);
    sums[so + 1] += LaneSums.sum(lanes, 0);
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
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector d = load(x, xo + i).sub(load(mean, mo + i));
      load(sums, so + i).add(d).intoArray(sums, so + i);
      d.fma(d, load(squares, qo + i)).intoArray(squares, qo + i);
    }
    rest.addDeviations(
        x, xo + whole, mean, mo + whole, sums, so + whole, squares, qo + whole, n - whole);
  }

  @Override
  public void normalize(
      float[] x, int xo, float mean, float scale, float shift, float[] y, int yo, int n) {
    FloatVector m = FloatVector.broadcast(SPECIES, mean);
    FloatVector factor = FloatVector.broadcast(SPECIES, scale);
    FloatVector summand = FloatVector.broadcast(SPECIES, shift);
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      factor.fma(load(x, xo + i).sub(m), summand).intoArray(y, yo + i);
    }
    rest.normalize(x, xo + whole, mean, scale, shift, y, yo + whole, n - whole);
  }

  @Override
  public void normalize(
      float[] x, int xo, float[] k, int ko, int stride, float[] y, int yo, int n) {
    int scale = ko + stride;
    int shift = scale + stride;
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector d = load(x, xo + i).sub(load(k, ko + i));
      load(k, scale + i).fma(d, load(k, shift + i)).intoArray(y, yo + i);
    }
    rest.normalize(x, xo + whole, k, ko + whole, stride, y, yo + whole, n - whole);
  }

  @Override
  public void products(
      float[] x, int xo, float mean, float[] dy, int dyo, int n, float[] sums, int so) {
    FloatVector m = FloatVector.broadcast(SPECIES, mean);
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector p0 = s0;
    FloatVector p1 = s0;
    int i = 0;
    for (; i <= n - 2 * LANES; i += 2 * LANES) {
      FloatVector g0 = load(dy, dyo + i);
      FloatVector g1 = load(dy, dyo + i + LANES);
      s0 = s0.add(g0);
      s1 = s1.add(g1);
      p0 = g0.fma(load(x, xo + i).sub(m), p0);
      p1 = g1.fma(load(x, xo + i + LANES).sub(m), p1);
    }
    for (; i <= n - LANES; i += LANES) {
      FloatVector g0 = load(dy, dyo + i);
      s0 = s0.add(g0);
      p0 = g0.fma(load(x, xo + i).sub(m), p0);
    }
    rest.products(x, xo + i, mean, dy, dyo + i, n - i, sums, so);
    float[] lanes = new float[LANES];
    s0.add(s1).intoArray(lanes, 0);
    sums[so] += LaneSums.sum(lanes, 0);
    p0.add(p1).intoArray(lanes, 0);
    sums[so + 1] += LaneSums.sum(lanes, 0);
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
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector g = load(dy, dyo + i);
      FloatVector d = load(x, xo + i).sub(load(mean, mo + i));
      load(sums, so + i).add(g).intoArray(sums, so + i);
      g.fma(d, load(products, po + i)).intoArray(products, po + i);
    }
    int left = n - whole;
    rest.addProducts(
        x,
        xo + whole,
        mean,
        mo + whole,
        dy,
        dyo + whole,
        sums,
        so + whole,
        products,
        po + whole,
        left);
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
    FloatVector m = FloatVector.broadcast(SPECIES, k.mean());
    FloatVector ofGradient = FloatVector.broadcast(SPECIES, k.ofGradient());
    FloatVector ofInput = FloatVector.broadcast(SPECIES, k.ofInput());
    FloatVector constant = FloatVector.broadcast(SPECIES, k.constant());
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector others = ofInput.fma(load(x, xo + i).sub(m), constant);
      FloatVector gradient = ofGradient.fma(load(dy, dyo + i), others);
      if (accumulate) {
        load(dx, dxo + i).add(gradient).intoArray(dx, dxo + i);
      } else {
        gradient.intoArray(dx, dxo + i);
      }
    }
    rest.gradient(k, x, xo + whole, dy, dyo + whole, dx, dxo + whole, n - whole, accumulate);
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
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector d = load(x, xo + i).sub(load(k, ko + i));
      FloatVector others = load(k, ofInput + i).fma(d, load(k, constant + i));
      FloatVector gradient = load(k, ofGradient + i).fma(load(dy, dyo + i), others);
      if (accumulate) {
        load(dx, dxo + i).add(gradient).intoArray(dx, dxo + i);
      } else {
        gradient.intoArray(dx, dxo + i);
      }
    }
    int left = n - whole;
    rest.gradient(
        k, ko + whole, stride, x, xo + whole, dy, dyo + whole, dx, dxo + whole, left, accumulate);
  }

  private static FloatVector load(float[] from, int at) {
    return FloatVector.fromArray(SPECIES, from, at);
  }
}
