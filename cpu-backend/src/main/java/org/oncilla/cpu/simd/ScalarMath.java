package org.oncilla.cpu.simd;

import static org.oncilla.cpu.simd.FusedMultiplyAdd.fma;

/**
 * e<sup>x</sup>, ln x, tanh and the logistic function in single precision from the four basic
 * operations, so that the vector implementation can evaluate the same formulas lane by lane and get
 * the same bits. Every function is within {@value #MAX_ULP} ulp of the exact value and keeps NaN.
 *
 * <p>e<sup>x</sup> = 2<sup>n</sup>·e<sup>r</sup> with |r| ≤ ln 2 / 2, and e<sup>r</sup> − 1 = r +
 * r²·P(r). The coefficients of P and of the logarithm's series are minimax fits.
 */
public final class ScalarMath {
  /** The largest error of any function here, in units in the last place. */
  public static final int MAX_ULP = 3;

  /**
   * Adding this rounds a float below 2<sup>22</sup> to an integer, which its low bits then hold.
   */
  public static final float ROUNDER = 0x1.8p23f;

  /** The bits of {@link #ROUNDER}. */
  public static final int ROUNDER_BITS = 0x4B400000;

  /** 1 / ln 2. */
  public static final float LOG2_E = 1.442695f;

  /** The upper bits of ln 2; products with small integers are exact. */
  public static final float LN2_HIGH = 0.693359375f;

  /** ln 2 − {@link #LN2_HIGH}. */
  public static final float LN2_LOW = -2.1219444e-4f;

  /** Coefficients of P, constant term first. */
  public static final float P0 = 0x1.0p-1f;

  public static final float P1 = 0x1.555554p-3f;
  public static final float P2 = 0x1.5554b0p-5f;
  public static final float P3 = 0x1.11118ap-7f;
  public static final float P4 = 0x1.6d723ep-10f;
  public static final float P5 = 0x1.a032c4p-13f;

  /** Coefficients of the logarithm's series in s², constant term first. */
  public static final float L0 = 0x1.555554p-1f;

  public static final float L1 = 0x1.999a7cp-2f;
  public static final float L2 = 0x1.2438a8p-2f;
  public static final float L3 = 0x1.e2fdd2p-3f;

  /** Below this e<sup>x</sup> rounds to 0. */
  public static final float EXP_LOW = -104f;

  /** Above this e<sup>x</sup> is infinite. */
  public static final float EXP_HIGH = 89f;

  /** Below this e<sup>x</sup> − 1 rounds to −1. */
  public static final float EXPM1_LOW = -20f;

  /** The bits of √½, where the logarithm's reduced argument starts. */
  public static final int ROOT_HALF_BITS = 0x3F3504F3;

  private ScalarMath() {}

  /** e<sup>x</sup>. */
  public static float exp(float x) {
    float clamped = x > EXP_HIGH ? EXP_HIGH : x < EXP_LOW ? EXP_LOW : x;
    float rounded = fma(clamped, LOG2_E, ROUNDER);
    float q = expm1Reduced(clamped, rounded - ROUNDER);
    // In two steps, because 2^n itself may be too large or too small for a float.
    int n = Float.floatToRawIntBits(rounded) - ROUNDER_BITS;
    int half = n >> 1;
    return (1f + q) * powerOfTwo(half) * powerOfTwo(n - half);
  }

  /** The hyperbolic tangent, −m / (m + 2) with m = e<sup>−2|x|</sup> − 1, which never cancels. */
  public static float tanh(float x) {
    float m = expm1OfNegative(-2f * Math.abs(x));
    return Math.copySign(-m / (m + 2f), x);
  }

  /** e<sup>x</sup> − 1 for x ≤ 0; without meaning above. */
  public static float expm1OfNegative(float x) {
    float clamped = x < EXPM1_LOW ? EXPM1_LOW : x;
    float rounded = fma(clamped, LOG2_E, ROUNDER);
    float q = expm1Reduced(clamped, rounded - ROUNDER);
    float scale = powerOfTwo(Float.floatToRawIntBits(rounded) - ROUNDER_BITS);
    return fma(q, scale, scale - 1f);
  }

  /** 1 / (1 + e<sup>−x</sup>), from e<sup>−|x|</sup>, which cannot overflow. */
  public static float sigmoid(float x) {
    float e = exp(-Math.abs(x));
    float s = 1f / (1f + e);
    return x < 0f ? e * s : s;
  }

  /** ln x; −∞ at 0, NaN below. */
  public static float log(float x) {
    if (!(x > 0f) || x == Float.POSITIVE_INFINITY) {
      return x == 0f ? Float.NEGATIVE_INFINITY : x > 0f ? x : Float.NaN;
    }
    boolean subnormal = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(subnormal ? x * 0x1p23f : x);
    int exponent = (bits - ROOT_HALF_BITS) >> 23;
    float f = Float.intBitsToFloat(bits - (exponent << 23)) - 1f;
    float e = subnormal ? exponent - 23f : exponent;
    float s = f / (2f + f);
    float z = s * s;
    float series = z * fma(z, fma(z, fma(z, L3, L2), L1), L0);
    float half = 0.5f * f * f;
    float low = fma(e, LN2_LOW, s * (half + series));
    return fma(e, LN2_HIGH, f - (half - low));
  }

  private static float expm1Reduced(float x, float n) {
    float r = fma(n, -LN2_LOW, fma(n, -LN2_HIGH, x));
    float p = fma(r, fma(r, fma(r, fma(r, fma(r, P5, P4), P3), P2), P1), P0);
    return fma(r * r, p, r);
  }

  private static float powerOfTwo(int n) {
    return Float.intBitsToFloat((n + 127) << 23);
  }
}
