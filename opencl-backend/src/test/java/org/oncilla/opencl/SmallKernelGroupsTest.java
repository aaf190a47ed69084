package org.oncilla.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncilla.backend.DType;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.NormalizationShape;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.Span;

/** Kernels that have room for fewer work-items than their device does, as on some real drivers. */
class SmallKernelGroupsTest {
  private static final int ROWS = 5;
  private static final double EPSILON = 1e-5;
  private static final int COLUMNS = 1000;
  private static final int DEPTH = 37;

  private static OpenClBackend open(int mostGroup) {
    OpenClDevice device = TestDevice.device();
    LaunchProfile profile = LaunchProfile.of(device, "groups");
    return new OpenClBackend(device, new ProgramCache(null), profile, mostGroup);
  }

  private static float[] numbers(int length, IntToDoubleFunction value) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = (float) value.applyAsDouble(i);
    }
    return numbers;
  }

  /** Whole numbers, so that sums are exact in any order; the largest of a row is somewhere else. */
  private static double element(int i) {
    return (i * 7 + i / COLUMNS * 13) % 31 == 0 ? -3 : i % 23;
  }

  private static IntStream row(int row) {
    return IntStream.range(row * COLUMNS, (row + 1) * COLUMNS);
  }

  // 100 is no power of two, and below 16 no tile that a group shares has room.
  @ParameterizedTest
  @ValueSource(ints = {100, 32, 16, 3, 1})
  void reductionsAreBuiltAgainForTheRoomThereIs(int mostGroup) {
    try (OpenClBackend backend = open(mostGroup)) {
      ReduceShape shape = new ReduceShape(ROWS, COLUMNS, 1);
      Span x = TestDevice.values(backend, numbers(ROWS * COLUMNS, SmallKernelGroupsTest::element));
      Span out = TestDevice.values(backend, ROWS);
      backend.reduction().reduce(ReduceOp.SUM, shape, x, 0.5, out, false);
      float[] sums = TestDevice.read(backend, out);
      Span indices = new Span(backend.pool().acquire(DType.INT32, ROWS, "test"), 0, ROWS);
      backend.reduction().argmax(shape, x, indices);
      int[] positions = new int[ROWS];
      backend.memory().read(indices, positions, 0);
      for (int row = 0; row < ROWS; row++) {
        assertThat(sums[row])
            .isEqualTo((float) (0.5 * row(row).mapToDouble(i -> element(i)).sum()));
        int first = row * COLUMNS;
        double largest = row(row).mapToDouble(i -> element(i)).max().orElseThrow();
        int expected = row(row).filter(i -> element(i) == largest).findFirst().orElseThrow();
        assertThat(positions[row]).isEqualTo(expected - first);
      }
      int[] builds = backend.programs().buildCounts();
      backend.reduction().reduce(ReduceOp.SUM, shape, x, 0.5, out, false);
      assertThat(backend.programs().buildCounts()).as("built once").isEqualTo(builds);
      assertThat(TestDevice.read(backend, out)).isEqualTo(sums);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 32, 16, 3, 1})
  void softmaxIsBuiltAgainForTheRoomThereIs(int mostGroup) {
    try (OpenClBackend backend = open(mostGroup)) {
      Span x =
          TestDevice.values(backend, numbers(ROWS * COLUMNS, i -> element(i) / 8 + i / COLUMNS));
      Span y = TestDevice.values(backend, ROWS * COLUMNS);
      backend.softmax().forward(new ReduceShape(ROWS, COLUMNS, 1), false, x, y);
      float[] shares = TestDevice.read(backend, y);
      for (int row = 0; row < ROWS; row++) {
        double sum = row(row).mapToDouble(i -> Math.exp(element(i) / 8)).sum();
        row(row)
            .forEach(
                i ->
                    assertThat((double) shares[i])
                        .isCloseTo(Math.exp(element(i) / 8) / sum, within(1e-7)));
      }
    }
  }

  /** Rows are channels of one sample: each becomes its distance from its mean in deviations. */
  @ParameterizedTest
  @ValueSource(ints = {100, 32, 16, 3, 1})
  void normalizationIsBuiltAgainForTheRoomThereIs(int mostGroup) {
    try (OpenClBackend backend = open(mostGroup)) {
      NormalizationShape shape = new NormalizationShape(1, ROWS, COLUMNS);
      Span x = TestDevice.values(backend, numbers(ROWS * COLUMNS, SmallKernelGroupsTest::element));
      Span y = TestDevice.values(backend, ROWS * COLUMNS);
      Span mean = TestDevice.values(backend, ROWS);
      Span variance = TestDevice.values(backend, ROWS);
      backend
          .normalization()
          .batchNorm(shape, EPSILON, 0.1, x, null, null, y, mean, variance, null, null);
      float[] ofBatch = TestDevice.read(backend, y);
      backend.normalization().groupNorm(shape, ROWS, EPSILON, x, null, null, y, mean, variance);
      float[] ofGroups = TestDevice.read(backend, y);
      for (int row = 0; row < ROWS; row++) {
        double average = row(row).mapToDouble(i -> element(i)).average().orElseThrow();
        double squares = row(row).mapToDouble(i -> Math.pow(element(i) - average, 2)).sum();
        double deviation = Math.sqrt(squares / COLUMNS + EPSILON);
        row(row)
            .forEach(
                i -> {
                  double expected = (element(i) - average) / deviation;
                  assertThat((double) ofBatch[i]).isCloseTo(expected, within(1e-5));
                  assertThat((double) ofGroups[i]).isCloseTo(expected, within(1e-5));
                });
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 32, 16, 3, 1})
  void productsTakeATileThatThereIsRoomFor(int mostGroup) {
    try (OpenClBackend backend = open(mostGroup)) {
      for (boolean transposed : new boolean[] {false, true}) {
        product(backend, transposed);
      }
    }
  }

  private static void product(OpenClBackend backend, boolean transposed) {
    int n = 50;
    int m = 40;
    Span a = TestDevice.values(backend, numbers(m * DEPTH, i -> i % 5 - 2));
    Span b = TestDevice.values(backend, numbers(DEPTH * n, i -> i % 7 - 3));
    Span c = TestDevice.values(backend, m * n);
    GemmShape shape = GemmShape.of(m, n, DEPTH, transposed, transposed);
    backend.matmul().gemm(shape, a, b, c, Epilogue.NONE);
    float[] result = TestDevice.read(backend, c);
    for (int i = 0; i < m * n; i++) {
      int row = i / n;
      int column = i % n;
      int sum =
          IntStream.range(0, DEPTH)
              .map(
                  k ->
                      ((transposed ? k * m + row : row * DEPTH + k) % 5 - 2)
                          * ((transposed ? column * DEPTH + k : k * n + column) % 7 - 3))
              .sum();
      assertThat(result[i]).as("row %d, column %d", row, column).isEqualTo(sum);
    }
  }
}
