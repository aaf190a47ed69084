package org.oncilla.cpu.simd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Against {@link Math} in double precision. */
class ScalarMathTest {
  private static final int SAMPLES = 400_000;

  @FunctionalInterface
  private interface FloatFunction {
    float of(float x);
  }

  @Test
  void exp() {
    assertUlps(ScalarMath::exp, Math::exp, -104f, 88.7f, 2);
    assertUlps(ScalarMath::exp, Math::exp, -1e-3f, 1e-3f, 2);
    assertThat(ScalarMath.exp(0f)).isEqualTo(1f);
    assertThat(ScalarMath.exp(-0f)).isEqualTo(1f);
    assertThat(ScalarMath.exp(88.73f)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(ScalarMath.exp(Float.MAX_VALUE)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(ScalarMath.exp(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(ScalarMath.exp(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(ScalarMath.exp(-1e30f)).isZero();
    assertThat(ScalarMath.exp(Float.NaN)).isNaN();
  }

  @Test
  void tanh() {
    assertUlps(ScalarMath::tanh, Math::tanh, -12f, 12f, 3);
    assertUlps(ScalarMath::tanh, Math::tanh, -1e-3f, 1e-3f, 3);
    assertUlps(ScalarMath::tanh, Math::tanh, 0f, 1e-38f, 3);
    assertThat(ScalarMath.tanh(Float.POSITIVE_INFINITY)).isEqualTo(1f);
    assertThat(ScalarMath.tanh(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
    assertThat(Float.floatToRawIntBits(ScalarMath.tanh(-0f))).isEqualTo(0x80000000);
    assertThat(ScalarMath.tanh(Float.NaN)).isNaN();
  }

  @Test
  void sigmoid() {
    assertUlps(ScalarMath::sigmoid, x -> 1 / (1 + Math.exp(-x)), -103f, 103f, 3);
    assertThat(ScalarMath.sigmoid(0f)).isEqualTo(0.5f);
    assertThat(ScalarMath.sigmoid(Float.MAX_VALUE)).isEqualTo(1f);
    assertThat(ScalarMath.sigmoid(-Float.MAX_VALUE)).isZero();
    assertThat(ScalarMath.sigmoid(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(ScalarMath.sigmoid(Float.NaN)).isNaN();
  }

  @Test
  void log() {
    assertUlps(ScalarMath::log, Math::log, 0.5f, 2f, 2);
    assertUlps(ScalarMath::log, Math::log, Float.MIN_VALUE, 1e-37f, 2);
    assertUlps(ScalarMath::log, Math::log, 1e-3f, 1e5f, 2);
    assertUlps(ScalarMath::log, Math::log, 1e30f, Float.MAX_VALUE, 2);
    assertThat(ScalarMath.log(1f)).isZero();
    assertThat(ScalarMath.log(0f)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(ScalarMath.log(-0f)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(ScalarMath.log(-1f)).isNaN();
    assertThat(ScalarMath.log(Float.POSITIVE_INFINITY)).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(ScalarMath.log(Float.NaN)).isNaN();
  }

  private static void assertUlps(
      FloatFunction actual, DoubleUnaryOperator exact, float low, float high, double bound) {
    double worst = 0;
    float where = low;
    for (int i = 0; i <= SAMPLES; i++) {
      float x = (float) (low + (double) i / SAMPLES * ((double) high - low));
      double expected = exact.applyAsDouble(x);
      double error = Math.abs(actual.of(x) - expected) / Math.ulp((float) expected);
      if (!(error <= worst)) {
        worst = error;
        where = x;
      }
    }
    assertThat(bound).as("documented bound").isLessThanOrEqualTo(ScalarMath.MAX_ULP);
    assertThat(worst).as("ulp error at %s", where).isLessThanOrEqualTo(bound);
  }
}
