package org.oncilla.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oncilla.backend.Backend;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.Span;
import org.oncilla.cpu.CpuSettings.VectorUse;

/** The number of threads must not change a bit of any sum. */
class DeterminismTest {
  private static final int MOST_THREADS = 4;

  @ParameterizedTest
  @EnumSource(names = {"ON", "OFF"})
  void matrixProduct(VectorUse vector) {
    sameForAnyThreads(
        vector,
        (backend, spans) -> {
          Span c = spans.values(301 * 203);
          GemmShape shape = GemmShape.of(301, 203, 777, true, true);
          backend
              .matmul()
              .gemm(shape, spans.values(301 * 777), spans.values(777 * 203), c, Epilogue.NONE);
          return c;
        });
  }

  @ParameterizedTest
  @EnumSource(names = {"ON", "OFF"})
  void weightGradients(VectorUse vector) {
    for (ConvolutionShape shape :
        new ConvolutionShape[] {
          new ConvolutionShape(33, 1, 28, 28, 6, 5, 5, 1, 1, 2, 2, 1, 1, 1),
          new ConvolutionShape(33, 16, 14, 14, 20, 3, 3, 1, 1, 1, 1, 1, 1, 1),
          new ConvolutionShape(1, 64, 9, 9, 70, 3, 3, 2, 2, 1, 1, 1, 1, 2)
        }) {
      sameForAnyThreads(
          vector,
          (backend, spans) -> {
            Span dw = spans.values(shape.weightLength());
            Span x = spans.values(shape.inputLength());
            Span dy = spans.values(shape.outputLength());
            backend.convolution().backwardWeight(shape, x, dy, dw, true);
            return dw;
          });
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ON", "OFF"})
  void convolutionsOfFewAndOfManyImages(VectorUse vector) {
    for (int batch : new int[] {1, 3, 40}) {
      ConvolutionShape shape =
          new ConvolutionShape(batch, 6, 17, 19, 13, 3, 3, 2, 1, 1, 1, 1, 1, 1);
      sameForAnyThreads(
          vector,
          (backend, spans) -> {
            Span y = spans.values(shape.outputLength());
            Span w = spans.values(shape.weightLength());
            Span x = spans.values(shape.inputLength());
            backend.convolution().forward(shape, x, w, y, Epilogue.NONE);
            backend.convolution().backwardInput(shape, y, w, x, true);
            return x;
          });
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ON", "OFF"})
  void sums(VectorUse vector) {
    for (ReduceShape shape :
        new ReduceShape[] {
          new ReduceShape(1, 200_001, 1), new ReduceShape(1, 501, 300), new ReduceShape(70, 999, 1)
        }) {
      sameForAnyThreads(
          vector,
          (backend, spans) -> {
            Span out = spans.values(shape.outputLength());
            Span x = spans.values(shape.inputLength());
            backend.reduction().reduce(ReduceOp.SUM, shape, x, 0.5, out, true);
            return out;
          });
    }
  }

  private static void sameForAnyThreads(
      VectorUse vector, BiFunction<Backend, TestSpans, Span> kernel) {
    float[] first = null;
    for (int threads = 1; threads <= MOST_THREADS; threads++) {
      try (Backend backend = new CpuBackend(new CpuSettings(threads, vector))) {
        float[] result = TestSpans.copy(kernel.apply(backend, new TestSpans(11)));
        if (first == null) {
          first = result;
        }
        assertThat(result).as("with %d threads", threads).isEqualTo(first);
      }
    }
  }
}
