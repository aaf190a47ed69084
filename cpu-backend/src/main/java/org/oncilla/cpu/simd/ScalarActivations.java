package org.oncilla.cpu.simd;

import static org.oncilla.cpu.simd.FusedMultiplyAdd.fma;

import org.oncilla.backend.UnaryOp;

/**
 * Activations and their slopes in single precision, for the vector implementation to repeat lane by
 * lane. They keep NaN, and with a fused multiply-add they are within {@value #MAX_ULP} ulp of the
 * exact value (slopes that pass through zero within as many ulp of the larger of their two terms),
 * an ulp being no less than that of {@value #SMALL}, below which factors are subnormal numbers.
 *
 * <p>The normal distribution Φ(x) = (1 + erf(x/√2)) / 2 comes from its tail, Φ(−t) =
 * e<sup>−t²/2</sup>·R(t) for t ≥ 0, so that nothing cancels for negative x: R(t) = v·T(v) with v =
 * 1 / (1 + {@value #TAIL_SCALE}·t). The coefficients of T and of the logarithm's series are minimax
 * fits.
 */
public final class ScalarActivations {
  /** The largest error of any function here, in units in the last place. */
  public static final int MAX_ULP = 7;

  /** Smaller results may lose digits. */
  public static final float SMALL = 0x1p-120f;

  /** λ of the scaled exponential linear unit, its slope above 0. */
  public static final float SELU_POSITIVE = (float) UnaryOp.SELU_LAMBDA;

  /** λ·α of the scaled exponential linear unit. */
  public static final float SELU_NEGATIVE = (float) (UnaryOp.SELU_LAMBDA * UnaryOp.SELU_ALPHA);

  /** 1/6. */
  public static final float SIXTH = 1 / 6f;

  /** 1/√(2π). */
  public static final float DENSITY = 0.3989423f;

  /** From here on the normal distribution's tail rounds to 0. */
  public static final float TAIL_END = 15f;

  /** How the tail's argument is mapped to (0, 1]. */
  public static final float TAIL_SCALE = 0.3f;

  /** Coefficients of T, constant term first. */
  public static final float T0 = 0x1.ea3c98p-4f;

  public static final float T1 = 0x1.e9c424p-4f;
  public static final float T2 = 0x1.c38638p-4f;
  public static final float T3 = 0x1.411588p-4f;
  public static final float T4 = 0x1.89dbacp-4f;
  public static final float T5 = -0x1.45516cp-4f;
  public static final float T6 = 0x1.88c63cp-3f;
  public static final float T7 = -0x1.d36198p-3f;
  public static final float T8 = 0x1.cc894p-4f;
  public static final float T9 = -0x1.51e514p-6f;

  /** Coefficients of (artanh(s)/s − 1) / s² in s², constant term first, for s ≤ 1/3. */
  public static final float A0 = 0x1.555502p-2f;

  public static final float A1 = 0x1.99d208p-3f;
  public static final float A2 = 0x1.1ebd0ep-3f;
  public static final float A3 = 0x1.1ed7bep-3f;

  private ScalarActivations() {}

  /** positive·x above 0, else negative·(e<sup>x</sup> − 1). */
  public static float elu(float x, float positive, float negative) {
    return x > 0f ? positive * x : negative * ScalarMath.expm1OfNegative(x);
  }

  /** The slope of {@link #elu}. */
  public static float eluSlope(float x, float positive, float negative) {
    return x > 0f ? positive : negative * ScalarMath.exp(x);
  }

  /** x·Φ(x). */
  public static float gelu(float x) {
    return x * normal(x, bell(x));
  }

  /** Φ(x) + x·φ(x). */
  public static float geluSlope(float x) {
    float bell = bell(x);
    return fma(x * DENSITY, bell, normal(x, bell));
  }

  /** |x|, from {@link #TAIL_END} on that. */
  private static float tailArgument(float x) {
    float magnitude = Math.abs(x);
    return magnitude > TAIL_END ? TAIL_END : magnitude;
  }

  /** e<sup>−t²/2</sup>, with what the square's rounding lost. */
  private static float bell(float x) {
    float t = tailArgument(x);
    float square = t * t;
    float lost = fma(t, t, -square);
    float e = ScalarMath.exp(-0.5f * square);
    return fma(e, -0.5f * lost, e);
  }

  /** Φ(x). */
  private static float normal(float x, float bell) {
    float v = 1f / fma(tailArgument(x), TAIL_SCALE, 1f);
    float high = fma(v, fma(v, fma(v, fma(v, T9, T8), T7), T6), T5);
    float sum = fma(v, fma(v, fma(v, fma(v, fma(v, high, T4), T3), T2), T1), T0);
    float tail = bell * (v * sum);
    return x < 0f ? tail : 1f - tail;
  }

  /** s + x·s·(1 − s) with s = 1 / (1 + e<sup>−x</sup>). */
  public static float siluSlope(float x) {
    float e = ScalarMath.exp(-Math.abs(x));
    float larger = 1f / (1f + e);
    float smaller = e * larger;
    return fma(x, larger * smaller, x < 0f ? smaller : larger);
  }

  /**
   * ln(1 + e<sup>x</sup>) = max(x, 0) + ln(1 + e), e = e<sup>−|x|</sup>, and ln(1 + e) = 2
   * artanh(s) with s = e / (2 + e).
   */
  public static float softplus(float x) {
    float e = ScalarMath.exp(-Math.abs(x));
    float s = e / (2f + e);
    float z = s * s;
    float series = fma(z, fma(z, fma(z, A3, A2), A1), A0);
    float twice = s + s;
    return (x > 0f ? x : 0f) + fma(twice * z, series, twice);
  }

  /** (x + 3) / 6, limited to [0, 1]. */
  public static float hardSigmoid(float x) {
    float shifted = x + 3f;
    float limited = shifted < 0f ? 0f : shifted > 6f ? 6f : shifted;
    return limited * SIXTH;
  }
}
