package org.oncilla.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class QuartilesTest {
  @Test
  void interpolatesBetweenNeighbours() {
    assertThat(Quartiles.of(5, 1, 4, 2, 3)).isEqualTo(new Quartiles(2, 3, 4));
    assertThat(Quartiles.of(4, 1, 3, 2)).isEqualTo(new Quartiles(1.75, 2.5, 3.25));
    assertThat(Quartiles.of(7)).isEqualTo(new Quartiles(7, 7, 7));
  }

  @Property
  void atLeastHalfIsOnEachSideOfTheMedian(
      @ForAll @Size(min = 1, max = 30) @DoubleRange(min = 0, max = 1000) double[] values) {
    double[] given = values.clone();
    double median = Quartiles.of(values).median();
    assertThat(Arrays.stream(values).filter(v -> v <= median + 1e-9).count() * 2)
        .isGreaterThanOrEqualTo(values.length);
    assertThat(Arrays.stream(values).filter(v -> v >= median - 1e-9).count() * 2)
        .isGreaterThanOrEqualTo(values.length);
    assertThat(values).isEqualTo(given);
  }

  @Test
  void needsAMeasurement() {
    assertThatThrownBy(Quartiles::of)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("quartiles of no measurements")
        .hasMessageContaining("at least one round");
  }

  @Test
  void ratiosHaveAGeometricMean() {
    assertThat(Quartiles.geometricMean(2, 8)).isCloseTo(4, within(1e-12));
    assertThat(Quartiles.geometricMean(0.5, 2)).isCloseTo(1, within(1e-12));
  }
}
