package org.oncilla.cpu.vector;

import static org.oncilla.cpu.vector.VectorMath.LANES;
import static org.oncilla.cpu.vector.VectorMath.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.oncilla.cpu.simd.ReductionOps;
import org.oncilla.cpu.simd.ScalarReductions;

/** {@link ReductionOps} with four registers of partial results. */
final class VectorReductions implements ReductionOps {
  private final ScalarReductions rest = new ScalarReductions();

  @Override
  public float sum(float[] x, int xo, int n) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    FloatVector s2 = s0;
    FloatVector s3 = s0;
    int i = 0;
    for (; i <= n - 4 * LANES; i += 4 * LANES) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, x, xo + i));
      s1 = s1.add(FloatVector.fromArray(SPECIES, x, xo + i + LANES));
      s2 = s2.add(FloatVector.fromArray(SPECIES, x, xo + i + 2 * LANES));
      s3 = s3.add(FloatVector.fromArray(SPECIES, x, xo + i + 3 * LANES));
    }
    for (; i <= n - LANES; i += LANES) {
      s0 = s0.add(FloatVector.fromArray(SPECIES, x, xo + i));
    }
    float[] lanes = new float[LANES];
    s0.add(s1).add(s2.add(s3)).intoArray(lanes, 0);
    return LaneSums.sum(lanes, 0) + rest.sum(x, xo + i, n - i);
  }

  @Override
  public float max(float[] x, int xo, int n) {
    int whole = SPECIES.loopBound(n);
    if (whole == 0) {
      return rest.max(x, xo, n);
    }
    FloatVector m = FloatVector.fromArray(SPECIES, x, xo);
    for (int i = LANES; i < whole; i += LANES) {
      m = m.max(FloatVector.fromArray(SPECIES, x, xo + i));
    }
    float result = m.reduceLanes(VectorOperators.MAX);
    return whole == n ? result : Math.max(result, rest.max(x, xo + whole, n - whole));
  }

  @Override
  public float min(float[] x, int xo, int n) {
    int whole = SPECIES.loopBound(n);
    if (whole == 0) {
      return rest.min(x, xo, n);
    }
    FloatVector m = FloatVector.fromArray(SPECIES, x, xo);
    for (int i = LANES; i < whole; i += LANES) {
      m = m.min(FloatVector.fromArray(SPECIES, x, xo + i));
    }
    float result = m.reduceLanes(VectorOperators.MIN);
    return whole == n ? result : Math.min(result, rest.min(x, xo + whole, n - whole));
  }

  @Override
  public float dot(float[] x, int xo, float[] y, int yo, int n) {
    FloatVector s0 = FloatVector.zero(SPECIES);
    FloatVector s1 = s0;
    int i = 0;
    for (; i <= n - 2 * LANES; i += 2 * LANES) {
      s0 = product(x, xo + i, y, yo + i, s0);
      s1 = product(x, xo + i + LANES, y, yo + i + LANES, s1);
    }
    for (; i <= n - LANES; i += LANES) {
      s0 = product(x, xo + i, y, yo + i, s0);
    }
    float[] lanes = new float[LANES];
    s0.add(s1).intoArray(lanes, 0);
    return LaneSums.sum(lanes, 0) + rest.dot(x, xo + i, y, yo + i, n - i);
  }

  private static FloatVector product(float[] x, int i, float[] y, int j, FloatVector sum) {
    return FloatVector.fromArray(SPECIES, x, i).fma(FloatVector.fromArray(SPECIES, y, j), sum);
  }

  @Override
  public float expSum(float[] x, int xo, float shift, float[] y, int yo, int n) {
    int whole = SPECIES.loopBound(n);
    for (int i = 0; i < whole; i += LANES) {
      FloatVector.fromArray(SPECIES, x, xo + i).add(shift).intoArray(y, yo + i);
    }
    Outlined.run(VectorUnary::exp, y, yo, y, yo, whole);
    FloatVector total = FloatVector.zero(SPECIES);
    for (int i = 0; i < whole; i += LANES) {
      total = total.add(FloatVector.fromArray(SPECIES, y, yo + i));
    }
    float[] lanes = new float[LANES];
    total.intoArray(lanes, 0);
    return LaneSums.sum(lanes, 0) + rest.expSum(x, xo + whole, shift, y, yo + whole, n - whole);
  }
}
