package org.oncilla.cpu.vector;

import static org.oncilla.cpu.simd.ScalarActivations.SELU_NEGATIVE;
import static org.oncilla.cpu.simd.ScalarActivations.SELU_POSITIVE;
import static org.oncilla.cpu.simd.ScalarActivations.SIXTH;
import static org.oncilla.cpu.vector.VectorMath.LANES;
import static org.oncilla.cpu.vector.VectorMath.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import org.oncilla.backend.UnaryOp;

/** The loops of the derivative of each {@link UnaryOp}. */
final class VectorUnaryGradient {
  private VectorUnaryGradient() {}

  /** Computes whole registers only and returns how many elements that were. */
  static int apply(
      UnaryOp op,
      float alpha,
      float[] saved,
      int so,
      float[] dy,
      int dyo,
      float[] dx,
      int dxo,
      int n) {
    int whole = SPECIES.loopBound(n);
    switch (op) {
      case RELU:
        relu(saved, so, dy, dyo, dx, dxo, whole);
        return whole;
      case TANH:
        tanh(saved, so, dy, dyo, dx, dxo, whole);
        return whole;
      case SIGMOID:
        sigmoid(saved, so, dy, dyo, dx, dxo, whole);
        return whole;
      case NEGATE:
        negate(saved, so, dy, dyo, dx, dxo, whole);
        return whole;
      case EXP:
        exp(saved, so, dy, dyo, dx, dxo, whole);
        return whole;
      case LOG:
        log(saved, so, dy, dyo, dx, dxo, whole);
        return whole;
      case SQRT:
        sqrt(saved, so, dy, dyo, dx, dxo, whole);
        return whole;
      case SQUARE:
        square(saved, so, dy, dyo, dx, dxo, whole);
        return whole;
      case RECIPROCAL:
        reciprocal(saved, so, dy, dyo, dx, dxo, whole);
        return whole;
      case STEP:
        Arrays.fill(dx, dxo, dxo + whole, 0f);
        return whole;
      case LEAKY_RELU:
        leakyRelu(alpha, saved, so, dy, dyo, dx, dxo, whole);
        return whole;
      case ELU:
        VectorBlocks.eluGradient(1f, alpha, saved, so, dy, dyo, dx, dxo, whole);
        return whole;
      case SELU:
        VectorBlocks.eluGradient(SELU_POSITIVE, SELU_NEGATIVE, saved, so, dy, dyo, dx, dxo, whole);
        return whole;
      case GELU:
        VectorBlocks.geluGradient(saved, so, dy, dyo, dx, dxo, whole);
        return whole;
      case SILU:
        VectorBlocks.siluGradient(saved, so, dy, dyo, dx, dxo, whole);
        return whole;
      case SOFTPLUS:
        VectorBlocks.softplusGradient(saved, so, dy, dyo, dx, dxo, whole);
        return whole;
      case HARD_SIGMOID:
        hardSigmoid(saved, so, dy, dyo, dx, dxo, whole);
        return whole;
      default:
        return 0;
    }
  }

  private static void relu(
      float[] saved, int so, float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector dy = FloatVector.fromArray(SPECIES, from, fo + i);
      FloatVector s = FloatVector.fromArray(SPECIES, saved, so + i);
      dy.blend(0f, s.compare(VectorOperators.GT, 0f).not()).intoArray(to, o + i);
    }
  }

  private static void tanh(
      float[] saved, int so, float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector dy = FloatVector.fromArray(SPECIES, from, fo + i);
      FloatVector s = FloatVector.fromArray(SPECIES, saved, so + i);
      dy.mul(s.neg().fma(s, FloatVector.broadcast(SPECIES, 1f))).intoArray(to, o + i);
    }
  }

  private static void sigmoid(
      float[] saved, int so, float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector dy = FloatVector.fromArray(SPECIES, from, fo + i);
      FloatVector s = FloatVector.fromArray(SPECIES, saved, so + i);
      dy.mul(s.mul(FloatVector.broadcast(SPECIES, 1f).sub(s))).intoArray(to, o + i);
    }
  }

  private static void negate(
      float[] saved, int so, float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector dy = FloatVector.fromArray(SPECIES, from, fo + i);
      dy.neg().intoArray(to, o + i);
    }
  }

  private static void exp(
      float[] saved, int so, float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector dy = FloatVector.fromArray(SPECIES, from, fo + i);
      FloatVector s = FloatVector.fromArray(SPECIES, saved, so + i);
      dy.mul(s).intoArray(to, o + i);
    }
  }

  private static void log(
      float[] saved, int so, float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector dy = FloatVector.fromArray(SPECIES, from, fo + i);
      FloatVector s = FloatVector.fromArray(SPECIES, saved, so + i);
      dy.div(s).intoArray(to, o + i);
    }
  }

  private static void sqrt(
      float[] saved, int so, float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector dy = FloatVector.fromArray(SPECIES, from, fo + i);
      FloatVector s = FloatVector.fromArray(SPECIES, saved, so + i);
      dy.mul(0.5f).div(s).intoArray(to, o + i);
    }
  }

  private static void square(
      float[] saved, int so, float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector dy = FloatVector.fromArray(SPECIES, from, fo + i);
      FloatVector s = FloatVector.fromArray(SPECIES, saved, so + i);
      dy.mul(s.add(s)).intoArray(to, o + i);
    }
  }

  private static void reciprocal(
      float[] saved, int so, float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector dy = FloatVector.fromArray(SPECIES, from, fo + i);
      FloatVector s = FloatVector.fromArray(SPECIES, saved, so + i);
      dy.neg().mul(s.mul(s)).intoArray(to, o + i);
    }
  }

  private static void leakyRelu(
      float alpha, float[] saved, int so, float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector dy = FloatVector.fromArray(SPECIES, from, fo + i);
      FloatVector s = FloatVector.fromArray(SPECIES, saved, so + i);
      dy.mul(alpha).blend(dy, s.compare(VectorOperators.GT, 0f)).intoArray(to, o + i);
    }
  }

  private static void hardSigmoid(
      float[] saved, int so, float[] from, int fo, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector dy = FloatVector.fromArray(SPECIES, from, fo + i);
      FloatVector s = FloatVector.fromArray(SPECIES, saved, so + i);
      VectorMask<Float> inside =
          s.compare(VectorOperators.GT, -3f).and(s.compare(VectorOperators.LT, 3f));
      dy.mul(SIXTH).blend(0f, inside.not()).intoArray(to, o + i);
    }
  }
}
