package org.oncilla.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ToleranceTest {
  private static final double ULP_OF_1 = 0x1p-23;

  @Test
  void exactMeansTheSameValueButForTheSignOfZero() {
    assertThat(Tolerance.EXACT.accepts(0, 1, 1)).isTrue();
    assertThat(Tolerance.EXACT.accepts(0, -0.0, 0)).isTrue();
    assertThat(Tolerance.EXACT.accepts(0, Math.nextUp(1f), 1)).isFalse();
    assertThat(Tolerance.EXACT.accepts(0, (float) (1.0 / 3), 1.0 / 3)).isTrue();
  }

  @Test
  void countsUnitsInTheLastPlace() {
    Tolerance three = Tolerance.ulps(3);
    assertThat(three.accepts(0, 1 + 3 * ULP_OF_1, 1)).isTrue();
    assertThat(three.accepts(0, 1 + 4 * ULP_OF_1, 1)).isFalse();
    assertThat(three.accepts(0, 1 - 4 * ULP_OF_1, 1)).isFalse();
  }

  @Test
  void growsWithTheTermsAndNotWithTheirSum() {
    Tolerance sum = Tolerance.terms(10, new double[] {0, 64});
    assertThat(sum.accepts(1, 300 * 0x1p-24, 0)).isTrue();
    assertThat(sum.accepts(1, 700 * 0x1p-24, 0)).isFalse();
    assertThat(sum.accepts(0, 0x1p-24, 0)).isFalse();
  }

  @Test
  void addsWhatAFunctionAppliedLastMayAdd() {
    Tolerance both = Tolerance.terms(2, new double[] {1}).then(1);
    assertThat(both.allowed(0, 1)).isCloseTo(2 * ULP_OF_1, within(1e-12));
  }

  @Test
  void takesNanForNanAndAnInfinityForItself() {
    Tolerance wide = Tolerance.terms(1000, new double[] {1e30});
    assertThat(wide.accepts(0, Double.NaN, Double.NaN)).isTrue();
    assertThat(wide.accepts(0, 1, Double.NaN)).isFalse();
    assertThat(wide.accepts(0, Double.NaN, 1)).isFalse();
    assertThat(wide.accepts(0, Double.POSITIVE_INFINITY, 1)).isFalse();
    assertThat(wide.accepts(0, Double.POSITIVE_INFINITY, 1e300)).isTrue();
    assertThat(wide.accepts(0, Double.NEGATIVE_INFINITY, 1e300)).isFalse();
    assertThat(wide.accepts(0, Float.MAX_VALUE, Double.POSITIVE_INFINITY)).isFalse();
  }

  @Test
  void letsDevicesFlushSubnormalResults() {
    assertThat(Tolerance.ulps(1).accepts(0, 0, 1e-40)).isTrue();
    assertThat(Tolerance.ulps(1).accepts(0, 0, 1e-36)).isFalse();
    assertThat(Tolerance.EXACT.accepts(0, 0, 1e-40)).isFalse();
  }
}
