package org.oncilla.cpu.vector;

import static org.oncilla.cpu.simd.ScalarActivations.SIXTH;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.oncilla.cpu.simd.ScalarActivations;

/**
 * The formulas of {@link ScalarActivations}, lane by lane, with the same bits as result; the long
 * ones are {@link VectorBlocks}.
 */
final class VectorActivations {
  private VectorActivations() {}

  static FloatVector elu(FloatVector x, float positive, float negative) {
    FloatVector below = VectorMath.expm1OfNegative(x).mul(negative);
    return below.blend(x.mul(positive), x.compare(VectorOperators.GT, 0f));
  }

  static FloatVector hardSigmoid(FloatVector x) {
    FloatVector shifted = x.add(3f);
    FloatVector upper = shifted.blend(6f, shifted.compare(VectorOperators.GT, 6f));
    return upper.blend(0f, shifted.compare(VectorOperators.LT, 0f)).mul(SIXTH);
  }
}
