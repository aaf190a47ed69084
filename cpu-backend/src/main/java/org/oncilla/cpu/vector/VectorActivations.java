package org.oncilla.cpu.vector;

import static org.oncilla.cpu.simd.ScalarActivations.A0;
import static org.oncilla.cpu.simd.ScalarActivations.A1;
import static org.oncilla.cpu.simd.ScalarActivations.A2;
import static org.oncilla.cpu.simd.ScalarActivations.A3;
import static org.oncilla.cpu.simd.ScalarActivations.DENSITY;
import static org.oncilla.cpu.simd.ScalarActivations.SIXTH;
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
import static org.oncilla.cpu.vector.VectorMath.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.oncilla.cpu.simd.ScalarActivations;

/**
 * The formulas of {@link ScalarActivations}, lane by lane, with the same bits as result.
 *
 * <p>After an exponential, polynomials are written out in methods of the Vector API: the JIT no
 * longer inlines methods of our own in so large a loop ("NodeCountInliningCutoff"), and would put
 * every vector they take on the heap.
 */
final class VectorActivations {
  private VectorActivations() {}

  static FloatVector elu(FloatVector x, float positive, float negative) {
    FloatVector below = VectorMath.expm1OfNegative(x).mul(negative);
    return below.blend(x.mul(positive), x.compare(VectorOperators.GT, 0f));
  }

  static FloatVector eluSlope(FloatVector x, float positive, float negative) {
    FloatVector below = VectorMath.exp(x).mul(negative);
    return below.blend(positive, x.compare(VectorOperators.GT, 0f));
  }

  static FloatVector gelu(FloatVector x) {
    return ofNormal(x, x, FloatVector.zero(SPECIES));
  }

  static FloatVector geluSlope(FloatVector x) {
    return ofNormal(x, FloatVector.broadcast(SPECIES, 1f), x.mul(DENSITY));
  }

  private static FloatVector ofNormal(FloatVector x, FloatVector a, FloatVector b) {
    FloatVector magnitude = x.abs();
    FloatVector t = magnitude.blend(TAIL_END, magnitude.compare(VectorOperators.GT, TAIL_END));
    FloatVector square = t.mul(t);
    FloatVector lost = t.fma(t, square.neg());
    FloatVector e = VectorMath.exp(square.mul(-0.5f));
    FloatVector bell = e.fma(lost.mul(-0.5f), e);
    FloatVector one = FloatVector.broadcast(SPECIES, 1f);
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
    FloatVector tail = bell.mul(v.mul(sum));
    FloatVector normal = one.sub(tail).blend(tail, x.compare(VectorOperators.LT, 0f));
    return a.fma(normal, b.mul(bell));
  }

  static FloatVector siluSlope(FloatVector x) {
    FloatVector e = VectorMath.exp(x.abs().neg());
    FloatVector larger = FloatVector.broadcast(SPECIES, 1f).div(e.add(1f));
    FloatVector smaller = e.mul(larger);
    return x.fma(larger.mul(smaller), larger.blend(smaller, x.compare(VectorOperators.LT, 0f)));
  }

  static FloatVector softplus(FloatVector x) {
    FloatVector e = VectorMath.exp(x.abs().neg());
    FloatVector s = e.div(e.add(2f));
    FloatVector z = s.mul(s);
    FloatVector series = FloatVector.broadcast(SPECIES, A3);
    series = series.fma(z, FloatVector.broadcast(SPECIES, A2));
    series = series.fma(z, FloatVector.broadcast(SPECIES, A1));
    series = series.fma(z, FloatVector.broadcast(SPECIES, A0));
    FloatVector twice = s.add(s);
    FloatVector positive = x.blend(0f, x.compare(VectorOperators.GT, 0f).not());
    return positive.add(twice.mul(z).fma(series, twice));
  }

  static FloatVector hardSigmoid(FloatVector x) {
    FloatVector shifted = x.add(3f);
    FloatVector upper = shifted.blend(6f, shifted.compare(VectorOperators.GT, 6f));
    return upper.blend(0f, shifted.compare(VectorOperators.LT, 0f)).mul(SIXTH);
  }
}
