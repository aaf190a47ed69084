package org.oncilla.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncilla.random.Generator;
import org.oncilla.tensor.Shape;

/** First weights: their moments, their bounds, and that orthogonal ones are. */
class InitializersTest {
  private static final Shape MATRIX = Shape.of(300, 200);
  private static final Shape FILTERS = Shape.of(64, 32, 5, 5);
  private static final int MARGIN = 3;

  private static float[] drawn(Initializer initializer, Shape shape) {
    float[] values = new float[shape.length()];
    initializer.fill(values, 0, shape, new Generator(5, 1));
    return values;
  }

  /** Mean and variance within five standard errors of a normal sample's; others have less. */
  private static void assertMoments(
      Initializer initializer, Shape shape, double mean, double variance) {
    float[] values = drawn(initializer, shape);
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value - mean;
      squares += (value - mean) * (value - mean);
    }
    int n = values.length;
    assertThat(mean + sum / n).isCloseTo(mean, within(5 * Math.sqrt(variance / n)));
    assertThat(squares / n).isCloseTo(variance, within(5 * variance * Math.sqrt(2.0 / n)));
  }

  private static void assertBounds(
      Initializer initializer, Shape shape, double low, double high, double reached) {
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    for (float value : drawn(initializer, shape)) {
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
    }
    double slack = reached * (high - low);
    assertThat(smallest).isBetween((double) (float) low, low + slack);
    assertThat(largest).isBetween(high - slack, (double) (float) high);
  }

  @Test
  void zerosAndConstantsFillTheirPartOnly() {
    float[] values = {7, 7, 7, 7, 7};
    Initializers.zeros().fill(values, 1, Shape.of(2), new Generator(1, 1));
    assertThat(values).containsExactly(7, 0, 0, 7, 7);
    Initializers.constant(0.25).fill(values, 2, Shape.of(1, 2), new Generator(1, 1));
    assertThat(values).containsExactly(7, 0, 0.25f, 0.25f, 7);
  }

  @Test
  void normalAndUniform() {
    assertMoments(Initializers.normal(0.1), MATRIX, 0, 0.01);
    assertMoments(Initializers.normal(-3, 0.5), MATRIX, -3, 0.25);
    assertMoments(Initializers.uniform(-0.2, 0.4), MATRIX, 0.1, 0.36 / 12);
    assertBounds(Initializers.uniform(-0.2, 0.4), MATRIX, -0.2, 0.4, 1e-3);
    assertThat(drawn(Initializers.normal(1.5, 0), Shape.of(3))).containsOnly(1.5f);
  }

  /** Of [300, 200] fan-in is 200 and fan-out 300; of [64, 32, 5, 5] they are 800 and 1600. */
  @Test
  void variancesByTheNumberOfInputsAndOutputs() {
    assertMoments(Initializers.glorotUniform(), MATRIX, 0, 2 / 500.0);
    assertMoments(Initializers.glorotNormal(), MATRIX, 0, 2 / 500.0);
    assertMoments(Initializers.glorotUniform(), FILTERS, 0, 2 / 2400.0);
    assertMoments(Initializers.glorotNormal(), FILTERS, 0, 2 / 2400.0);
    assertMoments(Initializers.heUniform(), MATRIX, 0, 2 / 200.0);
    assertMoments(Initializers.heNormal(), MATRIX, 0, 2 / 200.0);
    assertMoments(Initializers.heUniform(), FILTERS, 0, 2 / 800.0);
    assertMoments(Initializers.heNormal(), FILTERS, 0, 2 / 800.0);
    assertMoments(Initializers.leCunUniform(), MATRIX, 0, 1 / 200.0);
    assertMoments(Initializers.leCunNormal(), MATRIX, 0, 1 / 200.0);
    assertMoments(Initializers.leCunNormal(), FILTERS, 0, 1 / 800.0);
    assertBounds(
        Initializers.glorotUniform(), MATRIX, -Math.sqrt(6 / 500.0), Math.sqrt(6 / 500.0), 1e-3);
    assertBounds(
        Initializers.heUniform(), FILTERS, -Math.sqrt(6 / 800.0), Math.sqrt(6 / 800.0), 1e-3);
  }

  /** Against sums of the density between the bounds. */
  @ParameterizedTest
  @CsvSource({"0, 1, -2, 2", "1, 0.5, 0, 1.2", "0, 1, 1.5, 5", "0, 1, 0.1, 0.2", "3, 1, 0, 1"})
  void truncatedNormalHasItsMoments(double mean, double deviation, double low, double high) {
    Initializer initializer = Initializers.truncatedNormal(mean, deviation, low, high);
    double alpha = (low - mean) / deviation;
    double beta = (high - mean) / deviation;
    double mass = 0;
    double first = 0;
    double second = 0;
    int steps = 100_000;
    for (int i = 0; i < steps; i++) {
      double z = alpha + (beta - alpha) * (i + 0.5) / steps;
      double density = Math.exp(-z * z / 2);
      mass += density;
      first += density * z;
      second += density * z * z;
    }
    double shift = first / mass;
    double variance = second / mass - shift * shift;
    assertMoments(initializer, MATRIX, mean + deviation * shift, deviation * deviation * variance);
    assertBounds(initializer, MATRIX, low, high, 0.2);
  }

  @ParameterizedTest
  @CsvSource({
    "5, 3, 1",
    "3, 5, 1",
    "4, 4, 1.5",
    "1, 7, 1",
    "7, 1, -2",
    "120, 90, 1",
    "64, 64, 0.1"
  })
  void orthogonalMatricesHaveOrthonormalRowsOrColumns(int rows, int columns, double gain) {
    float[] w = drawn(Initializers.orthogonal(gain), Shape.of(rows, columns));
    int count = Math.min(rows, columns);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        double dot = 0;
        for (int k = 0; k < Math.max(rows, columns); k++) {
          dot +=
              rows <= columns
                  ? (double) w[i * columns + k] * w[j * columns + k]
                  : (double) w[k * columns + i] * w[k * columns + j];
        }
        assertThat(dot).isCloseTo(i == j ? gain * gain : 0, within(1e-7 * gain * gain * 4));
      }
    }
  }

  @Test
  void orthogonalFiltersAreFlattenedToOneRowEach() {
    float[] filters = drawn(Initializers.orthogonal(), Shape.of(6, 2, 3, 2));
    assertThat(filters).containsExactly(drawn(Initializers.orthogonal(), Shape.of(6, 12)));
    float[] surrounded = new float[72 + 2 * MARGIN];
    Initializers.orthogonal().fill(surrounded, MARGIN, Shape.of(6, 12), new Generator(5, 1));
    assertThat(surrounded).startsWith(0, 0, 0, filters[0]).endsWith(filters[71], 0, 0, 0);
  }

  /**
   * Qᵀ times the normal numbers is R: triangular, with the positive diagonal that settles signs.
   */
  @Test
  void orthogonalMatricesAreFactorsOfNormalOnes() {
    int n = 9;
    float[] q = drawn(Initializers.orthogonal(), Shape.of(n, n));
    Generator generator = new Generator(5, 1);
    for (int j = 0; j < n; j++) {
      double[] a = new double[n];
      for (int k = 0; k < n; k++) {
        a[k] = generator.nextGaussian();
      }
      for (int i = 0; i < n; i++) {
        double r = 0;
        for (int k = 0; k < n; k++) {
          r += q[i * n + k] * a[k];
        }
        if (i > j) {
          assertThat(r).isCloseTo(0, within(1e-6));
        } else if (i == j) {
          assertThat(r).isPositive();
        }
      }
    }
  }

  /** A factor without its signs settled has a diagonal of one sign: its trace shows it. */
  @Test
  void orthogonalMatricesFavourNoDirection() {
    int draws = 4000;
    double trace = 0;
    double ofSquare = 0;
    Generator generator = new Generator(8, 2);
    for (int draw = 0; draw < draws; draw++) {
      float[] q = new float[4];
      Initializers.orthogonal().fill(q, 0, Shape.of(2, 2), generator);
      trace += q[0] + q[3];
      ofSquare += (q[0] + q[3]) * (q[0] + q[3]);
    }
    // Of a random orthogonal matrix the trace has mean 0 and variance 1.
    assertThat(trace / draws).isCloseTo(0, within(4 / Math.sqrt(draws)));
    assertThat(ofSquare / draws).isCloseTo(1, within(8 / Math.sqrt(draws)));
  }

  @Test
  void refuseWhatCannotBeDrawn() {
    assertThatThrownBy(() -> Initializers.uniform(0.5, -0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("uniform: needs finite bounds, the lower one first, not 0.5 and -0.5");
    assertThatThrownBy(() -> Initializers.normal(-0.1))
        .hasMessage(
            "normal: needs a finite mean and a finite deviation of at least 0, not 0.0 and -0.1");
    assertThatThrownBy(() -> Initializers.truncatedNormal(0, 0, -1, 1))
        .hasMessage("truncatedNormal: the deviation must be above 0");
    assertThatThrownBy(() -> Initializers.truncatedNormal(0, 1, 3, 4))
        .hasMessage(
            "truncatedNormal: the mean, 0.0, is more than two deviations outside of [3.0, 4.0],"
                + " where hardly any value is");
    assertThatThrownBy(() -> Initializers.orthogonal(Double.NaN))
        .hasMessage("orthogonal: the gain must be finite, not NaN");
    assertThatThrownBy(() -> drawn(Initializers.orthogonal(), Shape.of(5)))
        .hasMessage("orthogonal: needs a weight [out, in, …] of at least two axes, not [5]");
  }
}
