package org.oncilla.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oncilla.backend.Backend;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.Span;
import org.oncilla.backend.UnaryOp;
import org.oncilla.cpu.CpuSettings.VectorUse;

/** Against three loops in double precision. */
class CpuMatmulTest {
  private static final int[][] SIZES = {
    {1, 1, 1},
    {1, 130, 70},
    {1, 70, 130},
    {5, 33, 17},
    {6, 64, 384},
    {7, 65, 385},
    {13, 16, 3},
    {64, 10, 84},
    {61, 83, 900},
    {250, 129, 40},
    {3, 257, 512}
  };

  @ParameterizedTest
  @EnumSource(names = {"ON", "OFF"})
  void everyTransposeAndEpilogue(VectorUse vector) {
    TestSpans spans = new TestSpans(3);
    try (Backend backend = new CpuBackend(new CpuSettings(2, vector))) {
      for (int[] size : SIZES) {
        for (int flags = 0; flags < 16; flags++) {
          GemmShape shape =
              GemmShape.of(size[0], size[1], size[2], (flags & 1) != 0, (flags & 2) != 0);
          Span bias = (flags & 4) != 0 ? spans.values(size[1]) : null;
          UnaryOp activation = bias == null ? UnaryOp.IDENTITY : UnaryOp.RELU;
          check(backend, spans, shape, new Epilogue((flags & 8) != 0, bias, activation));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ON", "OFF"})
  void batchesShareOperandsWithStrideZero(VectorUse vector) {
    TestSpans spans = new TestSpans(4);
    try (Backend backend = new CpuBackend(new CpuSettings(3, vector))) {
      check(backend, spans, new GemmShape(5, 9, 20, 11, false, true, 99, 0), Epilogue.NONE);
      check(backend, spans, new GemmShape(9, 40, 50, 60, true, false, 0, 3000), Epilogue.NONE);
    }
  }

  private static void check(Backend backend, TestSpans spans, GemmShape shape, Epilogue epilogue) {
    Span a = spans.values((shape.batch() - 1) * shape.strideA() + shape.m() * shape.k());
    Span b = spans.values((shape.batch() - 1) * shape.strideB() + shape.k() * shape.n());
    Span c = spans.values(shape.batch() * shape.m() * shape.n());
    double[] expected = expected(shape, epilogue, a, b, c);
    float[] margins = TestSpans.margins(c);
    backend.matmul().gemm(shape, a, b, c, epilogue);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) TestSpans.at(c, i))
          .as("c[%d] of %s %s", i, shape, epilogue)
          .isCloseTo(expected[i], Offset.offset(1e-5 * (shape.k() + 4)));
    }
    assertThat(TestSpans.margins(c)).as("around c of %s", shape).isEqualTo(margins);
  }

  private static double[] expected(GemmShape shape, Epilogue epilogue, Span a, Span b, Span c) {
    double[] results = new double[c.length()];
    int at = 0;
    for (int i = 0; i < shape.batch(); i++) {
      for (int row = 0; row < shape.m(); row++) {
        for (int column = 0; column < shape.n(); column++) {
          double sum = epilogue.accumulate() ? TestSpans.at(c, at) : 0;
          sum += epilogue.bias() == null ? 0 : TestSpans.at(epilogue.bias(), column);
          for (int k = 0; k < shape.k(); k++) {
            int atA = shape.transposeA() ? k * shape.m() + row : row * shape.k() + k;
            int atB = shape.transposeB() ? column * shape.k() + k : k * shape.n() + column;
            sum +=
                (double) TestSpans.at(a, i * shape.strideA() + atA)
                    * TestSpans.at(b, i * shape.strideB() + atB);
          }
          results[at++] = epilogue.activation() == UnaryOp.RELU ? Math.max(sum, 0) : sum;
        }
      }
    }
    return results;
  }
}
