package org.oncilla.cpu.vector;

import static org.oncilla.cpu.simd.ScalarActivations.A0;
import static org.oncilla.cpu.simd.ScalarActivations.A1;
import static org.oncilla.cpu.simd.ScalarActivations.A2;
import static org.oncilla.cpu.simd.ScalarActivations.A3;
import static org.oncilla.cpu.simd.ScalarActivations.DENSITY;
import static org.oncilla.cpu.simd.ScalarActivations.T0;
import static org.oncilla.cpu.simd.ScalarActivations.T1;
import static org.oncilla.cpu.simd.ScalarActivations.T2;
import static org.oncilla.cpu.simd.ScalarActivations.T3;
import static org.oncilla.cpu.simd.ScalarActivations.T4;
import static org.oncilla.cpu.simd.ScalarActivations.T5;
import static org.oncilla.cpu.simd.ScalarActivations.T6;
import static org.oncilla.cpu.simd.ScalarActivations.T7;
import static org.oncilla.cpu.simd.ScalarActivations.T8;
import static org.oncilla.cpu.simd.ScalarActivations.T9;
import static org.oncilla.cpu.simd.ScalarActivations.TAIL_END;
import static org.oncilla.cpu.simd.ScalarActivations.TAIL_SCALE;
import static org.oncilla.cpu.vector.VectorMath.LANES;
import static org.oncilla.cpu.vector.VectorMath.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.oncilla.cpu.simd.ScalarActivations;

/**
 * The activations whose formulas are too long for one loop (see {@link Outlined}), in several over
 * a block that the nearest cache holds; the bits are those of {@link ScalarActivations}.
 */
final class VectorBlocks {
  private static final int BLOCK = 1024;

  private static final ThreadLocal<float[]> BLOCKS =
      ThreadLocal.withInitial(() -> new float[2 * BLOCK]);

  private VectorBlocks() {}

  static void sigmoid(float[] x, int xo, float[] y, int yo, int whole) {
    apply(VectorBlocks::exponentials, VectorBlocks::sigmoids, x, xo, y, yo, whole);
  }

  static void silu(float[] x, int xo, float[] y, int yo, int whole) {
    apply(VectorBlocks::exponentials, VectorBlocks::silus, x, xo, y, yo, whole);
  }

  static void siluGradient(float[] x, int xo, float[] dy, int dyo, float[] dx, int dxo, int whole) {
    gradient(VectorBlocks::exponentials, VectorBlocks::siluSlopes, x, xo, dy, dyo, dx, dxo, whole);
  }

  static void softplus(float[] x, int xo, float[] y, int yo, int whole) {
    apply(VectorBlocks::exponentials, VectorBlocks::addLogarithms, x, xo, y, yo, whole);
  }

  static void softplusGradient(
      float[] x, int xo, float[] dy, int dyo, float[] dx, int dxo, int whole) {
    gradient(VectorBlocks::exponentials, VectorBlocks::sigmoids, x, xo, dy, dyo, dx, dxo, whole);
  }

  static void eluGradient(
      float positive,
      float negative,
      float[] x,
      int xo,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo,
      int whole) {
    Outlined.Binary slopes =
        (a, ao, e, eo, out, oo, n) -> eluSlopes(positive, negative, a, ao, e, eo, out, oo, n);
    gradient(VectorUnary::exp, slopes, x, xo, dy, dyo, dx, dxo, whole);
  }

  static void gelu(float[] x, int xo, float[] y, int yo, int whole) {
    float[] block = BLOCKS.get();
    for (int i = 0; i < whole; i += BLOCK) {
      int n = Math.min(BLOCK, whole - i);
      normals(x, xo + i, block, n);
      multiply(x, xo + i, block, BLOCK, y, yo + i, n);
    }
  }

  static void geluGradient(float[] x, int xo, float[] dy, int dyo, float[] dx, int dxo, int whole) {
    float[] block = BLOCKS.get();
    for (int i = 0; i < whole; i += BLOCK) {
      int n = Math.min(BLOCK, whole - i);
      normals(x, xo + i, block, n);
      geluSlopes(x, xo + i, block, n);
      multiply(dy, dyo + i, block, 0, dx, dxo + i, n);
    }
  }

  /** y from x and what {@code first} makes of it. */
  private static void apply(
      Outlined.Unary first,
      Outlined.Binary second,
      float[] x,
      int xo,
      float[] y,
      int yo,
      int whole) {
    float[] block = BLOCKS.get();
    for (int i = 0; i < whole; i += BLOCK) {
      int n = Math.min(BLOCK, whole - i);
      Outlined.run(first, x, xo + i, block, 0, n);
      Outlined.run(second, x, xo + i, block, 0, y, yo + i, n);
    }
  }

  /** dx = dy·slope, with a slope from x and what {@code first} makes of it. */
  private static void gradient(
      Outlined.Unary first,
      Outlined.Binary slopes,
      float[] x,
      int xo,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo,
      int whole) {
    float[] block = BLOCKS.get();
    for (int i = 0; i < whole; i += BLOCK) {
      int n = Math.min(BLOCK, whole - i);
      Outlined.run(first, x, xo + i, block, 0, n);
      Outlined.run(slopes, x, xo + i, block, 0, block, BLOCK, n);
      multiply(dy, dyo + i, block, BLOCK, dx, dxo + i, n);
    }
  }

  /** block[i] = e^(−t²/2) and block[BLOCK + i] = Φ(x). */
  private static void normals(float[] x, int xo, float[] block, int n) {
    Outlined.run(VectorBlocks::halfSquares, x, xo, block, 0, n);
    Outlined.run(VectorUnary::exp, block, 0, block, 0, n);
    Outlined.run(VectorBlocks::bells, x, xo, block, 0, block, 0, n);
    Outlined.run(VectorBlocks::tails, x, xo, block, 0, block, BLOCK, n);
  }

  /** out = −t²/2. */
  private static void halfSquares(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector t = tailArgument(FloatVector.fromArray(SPECIES, x, xo + i));
      t.mul(t).mul(-0.5f).intoArray(out, oo + i);
    }
  }

  /** out = e^(−t²/2), from the exponential of the rounded square. */
  private static void bells(
      float[] x, int xo, float[] exponentials, int eo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector t = tailArgument(FloatVector.fromArray(SPECIES, x, xo + i));
      FloatVector lost = t.fma(t, t.mul(t).neg());
      FloatVector e = FloatVector.fromArray(SPECIES, exponentials, eo + i);
      e.fma(lost.mul(-0.5f), e).intoArray(out, oo + i);
    }
  }

  /** out = Φ(x), from e^(−t²/2). */
  private static void tails(float[] x, int xo, float[] bells, int bo, float[] out, int oo, int n) {
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
    for (int i = 0; i < n; i += LANES) {
      FloatVector from = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVector t = tailArgument(from);
      FloatVector v = one.div(t.fma(FloatVector.broadcast(SPECIES, TAIL_SCALE), one));
      FloatVector sum = FloatVector.broadcast(SPECIES, T9);
      sum = sum.fma(v, FloatVector.broadcast(SPECIES, T8));
      sum = sum.fma(v, FloatVector.broadcast(SPECIES, T7));
      sum = sum.fma(v, FloatVector.broadcast(SPECIES, T6));
      sum = sum.fma(v, FloatVector.broadcast(SPECIES, T5));
      sum = sum.fma(v, FloatVector.broadcast(SPECIES, T4));
      sum = sum.fma(v, FloatVector.broadcast(SPECIES, T3));
      sum = sum.fma(v, FloatVector.broadcast(SPECIES, T2));
      sum = sum.fma(v, FloatVector.broadcast(SPECIES, T1));
      sum = sum.fma(v, FloatVector.broadcast(SPECIES, T0));
      FloatVector tail = FloatVector.fromArray(SPECIES, bells, bo + i).mul(v.mul(sum));
      one.sub(tail).blend(tail, from.compare(VectorOperators.LT, 0f)).intoArray(out, oo + i);
    }
  }

  private static FloatVector tailArgument(FloatVector x) {
    FloatVector magnitude = x.abs();
    return magnitude.blend(TAIL_END, magnitude.compare(VectorOperators.GT, TAIL_END));
  }

  /** block[i] = Φ(x) + x·φ(x), from what {@link #normals} left. */
  private static void geluSlopes(float[] x, int xo, float[] block, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector weight = FloatVector.fromArray(SPECIES, x, xo + i).mul(DENSITY);
      FloatVector bell = FloatVector.fromArray(SPECIES, block, i);
      FloatVector normal = FloatVector.fromArray(SPECIES, block, BLOCK + i);
      weight.fma(bell, normal).intoArray(block, i);
    }
  }

  /** out = 1 / (1 + e^−x), from e = e^−|x|. */
  private static void sigmoids(float[] x, int xo, float[] e, int eo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector from = FloatVector.fromArray(SPECIES, x, xo + i);
      sigmoid(from, FloatVector.fromArray(SPECIES, e, eo + i)).intoArray(out, oo + i);
    }
  }

  private static FloatVector sigmoid(FloatVector x, FloatVector e) {
    FloatVector larger = FloatVector.broadcast(SPECIES, 1f).div(e.add(1f));
    return larger.blend(e.mul(larger), x.compare(VectorOperators.LT, 0f));
  }

  /** out = x / (1 + e^−x), from e = e^−|x|. */
  private static void silus(float[] x, int xo, float[] e, int eo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector from = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVector sigmoid = sigmoid(from, FloatVector.fromArray(SPECIES, e, eo + i));
      from.mul(sigmoid).intoArray(out, oo + i);
    }
  }

  /** out = s + x·s·(1 − s), s being the sigmoid, from e = e^−|x|. */
  private static void siluSlopes(
      float[] x, int xo, float[] exponentials, int eo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector from = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVector e = FloatVector.fromArray(SPECIES, exponentials, eo + i);
      FloatVector larger = FloatVector.broadcast(SPECIES, 1f).div(e.add(1f));
      FloatVector smaller = e.mul(larger);
      FloatVector sigmoid = larger.blend(smaller, from.compare(VectorOperators.LT, 0f));
      from.fma(larger.mul(smaller), sigmoid).intoArray(out, oo + i);
    }
  }

  /** out = positive above 0, else negative·e^x, from e^x. */
  private static void eluSlopes(
      float positive,
      float negative,
      float[] x,
      int xo,
      float[] exponentials,
      int eo,
      float[] out,
      int oo,
      int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector from = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVector below = FloatVector.fromArray(SPECIES, exponentials, eo + i).mul(negative);
      below.blend(positive, from.compare(VectorOperators.GT, 0f)).intoArray(out, oo + i);
    }
  }

  private static void multiply(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector factor = FloatVector.fromArray(SPECIES, b, bo + i);
      FloatVector.fromArray(SPECIES, a, ao + i).mul(factor).intoArray(out, oo + i);
    }
  }

  /** out = e^−|x|. */
  private static void exponentials(float[] x, int xo, float[] out, int oo, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector magnitude = FloatVector.fromArray(SPECIES, x, xo + i).abs();
      VectorMath.exp(magnitude.neg()).intoArray(out, oo + i);
    }
  }

  /** y = max(x, 0) + ln(1 + e), from e = e^−|x|. */
  private static void addLogarithms(
      float[] x, int xo, float[] exponentials, int eo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector e = FloatVector.fromArray(SPECIES, exponentials, eo + i);
      FloatVector s = e.div(e.add(2f));
      FloatVector z = s.mul(s);
      FloatVector series = FloatVector.broadcast(SPECIES, A3);
      series = series.fma(z, FloatVector.broadcast(SPECIES, A2));
      series = series.fma(z, FloatVector.broadcast(SPECIES, A1));
      series = series.fma(z, FloatVector.broadcast(SPECIES, A0));
      FloatVector twice = s.add(s);
      FloatVector from = FloatVector.fromArray(SPECIES, x, xo + i);
      FloatVector positive = from.blend(0f, from.compare(VectorOperators.GT, 0f).not());
      positive.add(twice.mul(z).fma(series, twice)).intoArray(y, yo + i);
    }
  }
}
