package org.oncilla.cpu.vector;

import static org.oncilla.cpu.simd.ScalarActivations.SELU_NEGATIVE;
import static org.oncilla.cpu.simd.ScalarActivations.SELU_POSITIVE;
import static org.oncilla.cpu.vector.VectorMath.LANES;
import static org.oncilla.cpu.vector.VectorMath.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.oncilla.backend.UnaryOp;

/** The loops of each {@link UnaryOp}; one method each, so that the JIT compiles each on its own. */
final class VectorUnary {
  private VectorUnary() {}

  /** Computes whole registers only and returns how many elements that were. */
  static int apply(UnaryOp op, float alpha, float[] x, int xo, float[] y, int yo, int n) {
    int whole = SPECIES.loopBound(n);
    switch (op) {
      case RELU:
        relu(x, xo, y, yo, whole);
        return whole;
      case TANH:
        Outlined.run(VectorUnary::tanh, x, xo, y, yo, whole);
        return whole;
      case SIGMOID:
        VectorBlocks.sigmoid(x, xo, y, yo, whole);
        return whole;
      case NEGATE:
        negate(x, xo, y, yo, whole);
        return whole;
      case EXP:
        Outlined.run(VectorUnary::exp, x, xo, y, yo, whole);
        return whole;
      case LOG:
        Outlined.run(VectorUnary::log, x, xo, y, yo, whole);
        return whole;
      case SQRT:
        sqrt(x, xo, y, yo, whole);
        return whole;
      case SQUARE:
        square(x, xo, y, yo, whole);
        return whole;
      case ABS:
        abs(x, xo, y, yo, whole);
        return whole;
      case RECIPROCAL:
        reciprocal(x, xo, y, yo, whole);
        return whole;
      case STEP:
        step(x, xo, y, yo, whole);
        return whole;
      case LEAKY_RELU:
        leakyRelu(alpha, x, xo, y, yo, whole);
        return whole;
      case ELU:
        Outlined.run(
            (a, ao, b, bo, count) -> elu(1f, alpha, a, ao, b, bo, count), x, xo, y, yo, whole);
        return whole;
      case SELU:
        Outlined.run(VectorUnary::selu, x, xo, y, yo, whole);
        return whole;
      case GELU:
        VectorBlocks.gelu(x, xo, y, yo, whole);
        return whole;
      case SILU:
        VectorBlocks.silu(x, xo, y, yo, whole);
        return whole;
      case SOFTPLUS:
        VectorBlocks.softplus(x, xo, y, yo, whole);
        return whole;
      case HARD_SIGMOID:
        hardSigmoid(x, xo, y, yo, whole);
        return whole;
      default:
        return 0;
    }
  }

  private static void relu(float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, from, fo + i);
      x.blend(0f, x.compare(VectorOperators.LE, 0f)).intoArray(to, o + i);
    }
  }

  private static void tanh(float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, from, fo + i);
      VectorMath.tanh(x).intoArray(to, o + i);
    }
  }

  private static void negate(float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, from, fo + i);
      x.neg().intoArray(to, o + i);
    }
  }

  static void exp(float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, from, fo + i);
      VectorMath.exp(x).intoArray(to, o + i);
    }
  }

  private static void log(float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, from, fo + i);
      VectorMath.log(x).intoArray(to, o + i);
    }
  }

  private static void sqrt(float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, from, fo + i);
      x.sqrt().intoArray(to, o + i);
    }
  }

  private static void square(float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, from, fo + i);
      x.mul(x).intoArray(to, o + i);
    }
  }

  private static void abs(float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, from, fo + i);
      x.abs().intoArray(to, o + i);
    }
  }

  private static void reciprocal(float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, from, fo + i);
      FloatVector.broadcast(SPECIES, 1f).div(x).intoArray(to, o + i);
    }
  }

  private static void step(float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, from, fo + i);
      FloatVector one = x.blend(1f, x.compare(VectorOperators.GT, 0f));
      one.blend(0f, x.compare(VectorOperators.LE, 0f)).intoArray(to, o + i);
    }
  }

  private static void leakyRelu(float alpha, float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, from, fo + i);
      x.mul(alpha).blend(x, x.compare(VectorOperators.GT, 0f)).intoArray(to, o + i);
    }
  }

  private static void selu(float[] from, int fo, float[] to, int o, int whole) {
    elu(SELU_POSITIVE, SELU_NEGATIVE, from, fo, to, o, whole);
  }

  private static void elu(
      float positive, float negative, float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, from, fo + i);
      VectorActivations.elu(x, positive, negative).intoArray(to, o + i);
    }
  }

  private static void hardSigmoid(float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, from, fo + i);
      VectorActivations.hardSigmoid(x).intoArray(to, o + i);
    }
  }
}
