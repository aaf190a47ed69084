package org.oncilla.cpu.vector;

import static org.oncilla.cpu.simd.ScalarMath.EXPM1_LOW;
import static org.oncilla.cpu.simd.ScalarMath.EXP_HIGH;
import static org.oncilla.cpu.simd.ScalarMath.EXP_LOW;
import static org.oncilla.cpu.simd.ScalarMath.L0;
import static org.oncilla.cpu.simd.ScalarMath.L1;
import static org.oncilla.cpu.simd.ScalarMath.L2;
import static org.oncilla.cpu.simd.ScalarMath.L3;
import static org.oncilla.cpu.simd.ScalarMath.LN2_HIGH;
import static org.oncilla.cpu.simd.ScalarMath.LN2_LOW;
import static org.oncilla.cpu.simd.ScalarMath.LOG2_E;
import static org.oncilla.cpu.simd.ScalarMath.P0;
import static org.oncilla.cpu.simd.ScalarMath.P1;
import static org.oncilla.cpu.simd.ScalarMath.P2;
import static org.oncilla.cpu.simd.ScalarMath.P3;
import static org.oncilla.cpu.simd.ScalarMath.P4;
import static org.oncilla.cpu.simd.ScalarMath.P5;
import static org.oncilla.cpu.simd.ScalarMath.ROOT_HALF_BITS;
import static org.oncilla.cpu.simd.ScalarMath.ROUNDER;
import static org.oncilla.cpu.simd.ScalarMath.ROUNDER_BITS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.oncilla.cpu.simd.ScalarMath;

/**
 * The formulas of {@link ScalarMath}, lane by lane, with the same bits as result.
 *
 * <p>This package uses one species of floats only. As soon as a second one is loaded, JDK 17 no
 * longer knows which class a {@code FloatVector} is and puts every sum of {@link VectorTiles} on
 * the heap: a pooling kernel with half-size registers made matrix products thirty times slower.
 */
final class VectorMath {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  private static final int EXPONENT_SHIFT = 23;
  private static final int EXPONENT_BIAS = 127;
  private static final int SIGN_BIT = 0x80000000;

  private VectorMath() {}

  static FloatVector exp(FloatVector x) {
    FloatVector upper = x.blend(EXP_HIGH, x.compare(VectorOperators.GT, EXP_HIGH));
    FloatVector clamped = upper.blend(EXP_LOW, upper.compare(VectorOperators.LT, EXP_LOW));
    FloatVector rounded = fma(clamped, LOG2_E, ROUNDER);
    FloatVector q = expm1Reduced(clamped, rounded.sub(ROUNDER));
    IntVector n = rounded.reinterpretAsInts().sub(ROUNDER_BITS);
    IntVector half = n.lanewise(VectorOperators.ASHR, 1);
    return q.add(1f).mul(powerOfTwo(half)).mul(powerOfTwo(n.sub(half)));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector m = expm1OfNegative(x.abs().mul(-2f));
    FloatVector result = m.neg().div(m.add(2f));
    IntVector sign = x.reinterpretAsInts().and(SIGN_BIT);
    IntVector unsigned = result.reinterpretAsInts().and(~SIGN_BIT);
    return unsigned.or(sign).reinterpretAsFloats();
  }

  static FloatVector expm1OfNegative(FloatVector x) {
    FloatVector clamped = x.blend(EXPM1_LOW, x.compare(VectorOperators.LT, EXPM1_LOW));
    FloatVector rounded = fma(clamped, LOG2_E, ROUNDER);
    FloatVector q = expm1Reduced(clamped, rounded.sub(ROUNDER));
    FloatVector scale = powerOfTwo(rounded.reinterpretAsInts().sub(ROUNDER_BITS));
    return q.fma(scale, scale.sub(1f));
  }

  static FloatVector log(FloatVector x) {
    VectorMask<Float> subnormal = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
    IntVector bits = x.blend(x.mul(0x1p23f), subnormal).reinterpretAsInts();
    IntVector exponent = bits.sub(ROOT_HALF_BITS).lanewise(VectorOperators.ASHR, EXPONENT_SHIFT);
    FloatVector f =
        bits.sub(exponent.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT))
            .reinterpretAsFloats()
            .sub(1f);
    FloatVector normal = exponent.add(ROUNDER_BITS).reinterpretAsFloats().sub(ROUNDER);
    FloatVector e = normal.blend(normal.sub(23f), subnormal);
    FloatVector s = f.div(f.add(2f));
    FloatVector z = s.mul(s);
    FloatVector series =
        z.mul(fma(z, fma(z, fma(z, FloatVector.broadcast(SPECIES, L3), L2), L1), L0));
    FloatVector half = f.mul(0.5f).mul(f);
    FloatVector low = fma(e, LN2_LOW, s.mul(half.add(series)));
    FloatVector y = fma(e, LN2_HIGH, f.sub(half.sub(low)));
    FloatVector finite = y.blend(x, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
    FloatVector atZero = finite.blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f));
    // Not "less than 0": NaN has to stay NaN as well.
    return atZero.blend(Float.NaN, x.compare(VectorOperators.GE, 0f).not());
  }

  private static FloatVector expm1Reduced(FloatVector x, FloatVector n) {
    FloatVector r = fma(n, -LN2_LOW, fma(n, -LN2_HIGH, x));
    FloatVector high = fma(r, fma(r, FloatVector.broadcast(SPECIES, P5), P4), P3);
    FloatVector p = fma(r, fma(r, fma(r, high, P2), P1), P0);
    return r.mul(r).fma(p, r);
  }

  private static FloatVector powerOfTwo(IntVector n) {
    return n.add(EXPONENT_BIAS)
        .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
        .reinterpretAsFloats();
  }

  private static FloatVector fma(FloatVector a, FloatVector b, float c) {
    return a.fma(b, FloatVector.broadcast(SPECIES, c));
  }

  private static FloatVector fma(FloatVector a, float b, float c) {
    return a.fma(FloatVector.broadcast(SPECIES, b), FloatVector.broadcast(SPECIES, c));
  }

  private static FloatVector fma(FloatVector a, float b, FloatVector c) {
    return a.fma(FloatVector.broadcast(SPECIES, b), c);
  }
}
