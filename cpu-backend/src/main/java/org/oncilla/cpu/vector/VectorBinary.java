package org.oncilla.cpu.vector;

import static org.oncilla.cpu.vector.VectorMath.LANES;
import static org.oncilla.cpu.vector.VectorMath.SPECIES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.oncilla.backend.BinaryOp;

/** The loops of each {@link BinaryOp}. */
final class VectorBinary {
  private VectorBinary() {}

  /** Computes whole registers only and returns how many elements that were. */
  static int apply(BinaryOp op, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    int whole = SPECIES.loopBound(n);
    switch (op) {
      case ADD:
        add(a, ao, b, bo, out, oo, whole);
        return whole;
      case SUBTRACT:
        subtract(a, ao, b, bo, out, oo, whole);
        return whole;
      case MULTIPLY:
        multiply(a, ao, b, bo, out, oo, whole);
        return whole;
      case DIVIDE:
        divide(a, ao, b, bo, out, oo, whole);
        return whole;
      case MAXIMUM:
        maximum(a, ao, b, bo, out, oo, whole);
        return whole;
      case MINIMUM:
        minimum(a, ao, b, bo, out, oo, whole);
        return whole;
      case EQUAL:
        equal(a, ao, b, bo, out, oo, whole);
        return whole;
      case GREATER:
        greater(a, ao, b, bo, out, oo, whole);
        return whole;
      default:
        return 0;
    }
  }

  private static void add(
      float[] left, int lo, float[] right, int ro, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector a = FloatVector.fromArray(SPECIES, left, lo + i);
      FloatVector b = FloatVector.fromArray(SPECIES, right, ro + i);
      a.add(b).intoArray(to, o + i);
    }
  }

  private static void subtract(
      float[] left, int lo, float[] right, int ro, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector a = FloatVector.fromArray(SPECIES, left, lo + i);
      FloatVector b = FloatVector.fromArray(SPECIES, right, ro + i);
      a.sub(b).intoArray(to, o + i);
    }
  }

  private static void multiply(
      float[] left, int lo, float[] right, int ro, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector a = FloatVector.fromArray(SPECIES, left, lo + i);
      FloatVector b = FloatVector.fromArray(SPECIES, right, ro + i);
      a.mul(b).intoArray(to, o + i);
    }
  }

  private static void divide(
      float[] left, int lo, float[] right, int ro, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector a = FloatVector.fromArray(SPECIES, left, lo + i);
      FloatVector b = FloatVector.fromArray(SPECIES, right, ro + i);
      a.div(b).intoArray(to, o + i);
    }
  }

  private static void maximum(
      float[] left, int lo, float[] right, int ro, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector a = FloatVector.fromArray(SPECIES, left, lo + i);
      FloatVector b = FloatVector.fromArray(SPECIES, right, ro + i);
      a.max(b).intoArray(to, o + i);
    }
  }

  private static void minimum(
      float[] left, int lo, float[] right, int ro, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector a = FloatVector.fromArray(SPECIES, left, lo + i);
      FloatVector b = FloatVector.fromArray(SPECIES, right, ro + i);
      a.min(b).intoArray(to, o + i);
    }
  }

  private static void equal(
      float[] left, int lo, float[] right, int ro, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector a = FloatVector.fromArray(SPECIES, left, lo + i);
      FloatVector b = FloatVector.fromArray(SPECIES, right, ro + i);
      FloatVector.zero(SPECIES).blend(1f, a.compare(VectorOperators.EQ, b)).intoArray(to, o + i);
    }
  }

  private static void greater(
      float[] left, int lo, float[] right, int ro, float[] to, int o, int whole) {
    for (int i = 0; i < whole; i += LANES) {
      FloatVector a = FloatVector.fromArray(SPECIES, left, lo + i);
      FloatVector b = FloatVector.fromArray(SPECIES, right, ro + i);
      FloatVector.zero(SPECIES).blend(1f, a.compare(VectorOperators.GT, b)).intoArray(to, o + i);
    }
  }
}
