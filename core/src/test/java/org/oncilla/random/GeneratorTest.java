package org.oncilla.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneratorTest {
  private static final int DRAWS = 40_000;

  private static final long[] USES = {
    Streams.WEIGHTS, Streams.BUFFERS, Streams.MASKS, Streams.SHUFFLES, Streams.SPLITS
  };

  private static double[] betas(double a, double b) {
    Generator generator = new Generator(11, 3);
    double[] values = new double[DRAWS];
    Arrays.setAll(values, i -> generator.nextBeta(a, b));
    return values;
  }

  @ParameterizedTest
  @CsvSource({"0.2, 0.2", "0.5, 0.5", "1, 1", "2, 5", "4, 0.7", "30, 30"})
  void betaHasItsMoments(double a, double b) {
    double[] values = betas(a, b);
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance = Arrays.stream(values).map(x -> (x - mean) * (x - mean)).sum() / (DRAWS - 1.0);
    double expected = a * b / ((a + b) * (a + b) * (a + b + 1));
    // Five standard errors; as values are within 1 of the mean, a variance's are no larger.
    assertThat(mean).isCloseTo(a / (a + b), within(5 * Math.sqrt(expected / DRAWS)));
    assertThat(variance).isCloseTo(expected, within(5 * Math.sqrt(expected / DRAWS)));
    assertThat(Arrays.stream(values).allMatch(x -> x >= 0 && x <= 1)).isTrue();
  }

  /** Distribution functions that are known in closed form. */
  @ParameterizedTest
  @CsvSource({"1, 1", "3, 1", "0.25, 1", "1, 4", "0.5, 0.5"})
  void betaHasItsDistribution(double a, double b) {
    double[] values = betas(a, b);
    for (double x : new double[] {0.01, 0.1, 0.3, 0.5, 0.8, 0.99}) {
      double expected =
          b == 1
              ? Math.pow(x, a)
              : a == 1 ? 1 - Math.pow(1 - x, b) : 2 / Math.PI * Math.asin(Math.sqrt(x));
      double below = Arrays.stream(values).filter(value -> value < x).count() / (double) DRAWS;
      assertThat(below)
          .isCloseTo(expected, within(5 * Math.sqrt(expected * (1 - expected) / DRAWS)));
    }
  }

  @Test
  void betaOfTinyParametersIsNearlyACoin() {
    double[] values = betas(1e-3, 1e-3);
    assertThat(Arrays.stream(values).allMatch(x -> x >= 0 && x <= 1)).isTrue();
    assertThat(Arrays.stream(values).filter(x -> x < 1e-6 || x > 1 - 1e-6).count())
        .isGreaterThan(DRAWS * 9L / 10);
  }

  @Test
  void betaIsRefusedWithoutItsParameters() {
    Generator generator = new Generator(1, 1);
    assertThatThrownBy(() -> generator.nextBeta(0, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "nextBeta: both parameters must be above 0 and finite, but they are 0.0 and 1.0");
    assertThatThrownBy(() -> generator.nextBeta(1, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> generator.nextBeta(Double.POSITIVE_INFINITY, 1))
        .hasMessageContaining("Infinity");
  }

  @Test
  void manyGaussiansAreNormalAndIndependent() {
    float[] values = new float[DRAWS + 3];
    new Generator(2, 5).addGaussians(values, 1, values.length - 1, 3);
    assertThat(values[0]).isZero();
    assertThat(values[values.length - 1]).isZero();
    double[] sums = new double[5];
    for (int i = 1; i < values.length - 1; i++) {
      double x = values[i] / 3.0;
      sums[0] += x;
      sums[1] += x * x;
      sums[2] += x * x * x * x;
      sums[3] += x * values[i + 1] / 3.0;
      sums[4] += Math.abs(x) < 1 ? 1 : 0;
    }
    double[] expected = {0, 1, 3, 0, 0.682689};
    double[] variances = {1, 2, 96, 1, 0.2166};
    for (int i = 0; i < sums.length; i++) {
      double error = 5 * Math.sqrt(variances[i] / (DRAWS + 1));
      assertThat(sums[i] / (DRAWS + 1)).isCloseTo(expected[i], within(error));
    }
  }

  @Test
  void noTwoUsesShareAStream() {
    int[] corners = {0, 1, 77, Integer.MAX_VALUE};
    Set<Long> streams = new HashSet<>();
    int count = 0;
    for (int first : corners) {
      for (long use : USES) {
        streams.add(use + first);
        count++;
      }
      for (int second : corners) {
        streams.add(Streams.augmentation(first, second));
        streams.add(Streams.mixture(first, second));
        count += 2;
      }
    }
    assertThat(streams).hasSize(count);
    assertThatThrownBy(() -> Streams.augmentation(-1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epochs and samples are counted from 0, but these are -1 and 0");
  }
}
