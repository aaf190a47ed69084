package org.oncilla.cpu.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.oncilla.backend.UnaryOp;

/** The accuracy that {@link ScalarActivations} states, against formulas in double precision. */
class ScalarActivationsTest {
  private static final int SAMPLES = 200_000;
  private static final float[] RANGES = {1e-30f, 1e-6f, 1e-2f, 1f, 4f, 14f, 110f, 1e4f};

  @FunctionalInterface
  private interface FloatFunction {
    float of(float x);
  }

  @Test
  void elu() {
    assertAccurate(x -> ScalarActivations.elu(x, 1f, 1f), x -> x > 0 ? x : Math.expm1(x), 2);
    assertAccurate(x -> ScalarActivations.eluSlope(x, 1f, 1f), x -> x > 0 ? 1 : Math.exp(x), 2);
  }

  @Test
  void selu() {
    float positive = ScalarActivations.SELU_POSITIVE;
    float negative = ScalarActivations.SELU_NEGATIVE;
    double factor = UnaryOp.SELU_LAMBDA * UnaryOp.SELU_ALPHA;
    assertAccurate(
        x -> ScalarActivations.elu(x, positive, negative),
        x -> x > 0 ? UnaryOp.SELU_LAMBDA * x : factor * Math.expm1(x),
        3);
    assertAccurate(
        x -> ScalarActivations.eluSlope(x, positive, negative),
        x -> x > 0 ? UnaryOp.SELU_LAMBDA : factor * Math.exp(x),
        3);
  }

  @Test
  void gelu() {
    assertAccurate(ScalarActivations::gelu, x -> x * normal(x), 7);
    assertAccurate(
        ScalarActivations::geluSlope,
        x -> normal(x) + x * density(x),
        x -> Math.max(normal(x), Math.abs(x) * density(x)),
        7);
  }

  @Test
  void silu() {
    assertAccurate(x -> x * ScalarMath.sigmoid(x), x -> x / (1 + Math.exp(-x)), 4);
    assertAccurate(
        ScalarActivations::siluSlope,
        x -> sigmoid(x) + x * sigmoid(x) * sigmoid(-x),
        x -> Math.max(sigmoid(x), Math.abs(x) * sigmoid(x) * sigmoid(-x)),
        6);
  }

  @Test
  void softplus() {
    assertAccurate(
        ScalarActivations::softplus, x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), 3);
  }

  @Test
  void hardSigmoid() {
    assertAccurate(ScalarActivations::hardSigmoid, x -> Math.min(Math.max((x + 3) / 6, 0), 1), 2);
    assertThat(ScalarActivations.hardSigmoid(3f)).isEqualTo(1f);
    assertThat(ScalarActivations.hardSigmoid(-3f)).isZero();
  }

  @Test
  void areFiniteForEveryFiniteInput() {
    FloatFunction[] functions = {
      x -> ScalarActivations.elu(x, 1f, 1f),
      x -> ScalarActivations.eluSlope(x, 1f, 1f),
      ScalarActivations::gelu,
      ScalarActivations::geluSlope,
      x -> x * ScalarMath.sigmoid(x),
      ScalarActivations::siluSlope,
      ScalarActivations::softplus,
      ScalarActivations::hardSigmoid
    };
    for (FloatFunction function : functions) {
      for (float x = Float.MIN_VALUE; x < Float.POSITIVE_INFINITY; x *= 1.37f) {
        x = Math.max(x, Math.nextUp(x));
        assertThat(function.of(x)).isFinite();
        assertThat(function.of(-x)).isFinite();
      }
      assertThat(function.of(Float.MAX_VALUE)).isFinite();
      assertThat(function.of(-Float.MAX_VALUE)).isFinite();
      assertThat(function.of(Float.NaN)).isNaN();
    }
  }

  private static void assertAccurate(
      FloatFunction actual, DoubleUnaryOperator exact, double bound) {
    assertAccurate(actual, exact, x -> Math.abs(exact.applyAsDouble(x)), bound);
  }

  /**
   * Tries values of every magnitude and both signs.
   *
   * @param scale whose unit in the last place the error is counted in
   */
  private static void assertAccurate(
      FloatFunction actual, DoubleUnaryOperator exact, DoubleUnaryOperator scale, double bound) {
    assertThat(bound).as("documented bound").isLessThanOrEqualTo(ScalarActivations.MAX_ULP);
    double worst = 0;
    float where = 0;
    for (float range : RANGES) {
      for (int i = -SAMPLES / 2; i <= SAMPLES / 2; i++) {
        float x = 2f * i / SAMPLES * range;
        float ulp = Math.ulp((float) scale.applyAsDouble(x));
        double error =
            Math.abs(actual.of(x) - exact.applyAsDouble(x))
                / Math.max(ulp, Math.ulp(ScalarActivations.SMALL));
        if (!(error <= worst)) {
          worst = error;
          where = x;
        }
      }
    }
    assertThat(worst).as("ulp error at %s", where).isLessThanOrEqualTo(bound);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** The error function's Taylor series; in the tails, where it cancels, a continued fraction. */
  private static double normal(double x) {
    if (Math.abs(x) > 3) {
      double fraction = Math.abs(x);
      for (int n = 80; n > 0; n--) {
        fraction = Math.abs(x) + n / fraction;
      }
      double tail = density(x) / fraction;
      return x < 0 ? tail : 1 - tail;
    }
    double z = x / Math.sqrt(2);
    double power = z;
    double erf = 0;
    for (int n = 0; n < 80; n++) {
      erf += power / (2 * n + 1);
      power *= -z * z / (n + 1);
    }
    return 0.5 + erf / Math.sqrt(Math.PI);
  }
}
