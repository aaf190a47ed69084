package org.oncilla.tests.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.BroadcastShape;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.CopyShape;
import org.oncilla.backend.DType;
import org.oncilla.backend.DeviceBuffer;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.PoolingShape;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.Span;
import org.oncilla.backend.UnaryOp;
import org.oncilla.backend.UpdateKernels.Adam;
import org.oncilla.backend.UpdateKernels.Sgd;

/** The judge of all backends against numbers worked out by hand. */
class ReferenceBackendTest {
  private static final double CLOSE = 1e-14;

  private final ReferenceBackend backend = new ReferenceBackend();

  @AfterEach
  void close() {
    backend.close();
  }

  @Test
  void matrixProduct() {
    Span a = values(1, 2, 3, 4, 5, 6);
    Span b = values(7, 8, 9, 10, 11, 12);
    Span c = values(0, 0, 0, 0);
    backend.matmul().gemm(GemmShape.of(2, 2, 3, false, false), a, b, c, Epilogue.NONE);
    assertThat(read(c)).containsExactly(58, 64, 139, 154);
    // a as 3×2 transposed: [1 3 5; 2 4 6]; b as 2×3 transposed: [7 10; 8 11; 9 12].
    backend.matmul().gemm(GemmShape.of(2, 2, 3, true, true), a, b, c, Epilogue.NONE);
    assertThat(read(c)).containsExactly(76, 103, 100, 136);
  }

  @Test
  void epilogueIsAddedBeforeTheActivation() {
    Span a = values(2, -2);
    Span b = values(3);
    Span c = values(-10, 10);
    Epilogue epilogue = new Epilogue(true, values(1), UnaryOp.RELU);
    backend.matmul().gemm(GemmShape.of(2, 1, 1, false, false), a, b, c, epilogue);
    assertThat(read(c)).containsExactly(0, 5);
  }

  @Test
  void batchesShareAMatrixOfStrideZero() {
    GemmShape shape = new GemmShape(2, 1, 1, 2, false, false, 2, 0);
    Span c = values(0, 0);
    backend.matmul().gemm(shape, values(1, 2, 3, 4), values(10, 1), c, Epilogue.NONE);
    assertThat(read(c)).containsExactly(12, 34);
  }

  @Test
  void convolutionIsACrossCorrelation() {
    ConvolutionShape shape = new ConvolutionShape(1, 1, 3, 3, 1, 2, 2, 1, 1, 0, 0, 1, 1, 1);
    Span x = values(1, 2, 3, 4, 5, 6, 7, 8, 9);
    Span w = values(1, 0, 0, 10);
    Span y = values(0, 0, 0, 0);
    backend.convolution().forward(shape, x, w, y, Epilogue.NONE);
    assertThat(read(y)).containsExactly(51, 62, 84, 95);
    Span dy = values(1, 2, 3, 4);
    Span dx = values(new double[9]);
    backend.convolution().backwardInput(shape, dy, w, dx, false);
    assertThat(read(dx)).containsExactly(1, 2, 0, 3, 14, 20, 0, 30, 40);
    Span dw = values(1, 1, 1, 1);
    backend.convolution().backwardWeight(shape, x, dy, dw, true);
    assertThat(read(dw)).containsExactly(38, 48, 68, 78);
    Span db = values(7);
    backend.convolution().backwardBias(shape, dy, db, false);
    assertThat(read(db)).containsExactly(10);
  }

  @Test
  void convolutionWithEveryOption() {
    // Two groups of one channel; height 1 padded to 3, width 5; taps two columns apart, stride 2.
    ConvolutionShape shape = new ConvolutionShape(1, 2, 1, 5, 2, 3, 2, 1, 2, 1, 0, 1, 2, 2);
    assertThat(shape.outHeight()).isEqualTo(1);
    assertThat(shape.outWidth()).isEqualTo(2);
    Span x = values(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    // Only the middle row of each kernel meets the input; the others see padding.
    Span w = values(99, 99, 1, 10, 99, 99, 99, 99, 2, -1, 99, 99);
    Span y = values(0, 0, 0, 0);
    Epilogue epilogue = new Epilogue(false, values(0.5, 100), UnaryOp.IDENTITY);
    backend.convolution().forward(shape, x, w, y, epilogue);
    assertThat(read(y)).containsExactly(1 + 30 + 0.5, 3 + 50 + 0.5, 12 - 8 + 100, 16 - 10 + 100);
  }

  @Test
  void pooling() {
    PoolingShape shape = new PoolingShape(1, 1, 3, 3, 2, 2, 2, 2, 1, 1);
    Span x = values(1, 2, 3, 4, 5, 5, 7, 8, 8);
    Span y = values(0, 0, 0, 0);
    Span argmax = indices(4);
    backend.pooling().maxForward(shape, x, y, argmax);
    assertThat(read(y)).containsExactly(1, 3, 7, 8);
    assertThat(readIndices(argmax)).containsExactly(0, 2, 6, 7);
    Span dx = values(new double[9]);
    backend.pooling().maxBackward(shape, values(1, 2, 3, 4), argmax, dx, false);
    assertThat(read(dx)).containsExactly(1, 0, 2, 0, 0, 0, 3, 4, 0);

    backend.pooling().averageForward(shape, true, x, y);
    assertThat(read(y)).containsExactly(0.25, 1.25, 2.75, 6.5);
    backend.pooling().averageForward(shape, false, x, y);
    assertThat(read(y)).containsExactly(1, 2.5, 5.5, 6.5);
    backend.pooling().averageBackward(shape, false, values(1, 2, 4, 8), dx, false);
    assertThat(read(dx)).containsExactly(1, 1, 1, 2, 2, 2, 2, 2, 2);
  }

  @Test
  void unaryFunctionsAndTheirGradients() {
    double[] x = {-2, 0.5};
    double[][] expected = {
      {-2, 0.5, 1, 1},
      {0, 0.5, 0, 1},
      {-0.9640275800758169, 0.46211715726000973, 0.07065082485316443, 0.7864477329659274},
      {0.11920292202211755, 0.6224593312018546, 0.10499358540350662, 0.2350037122015945},
      {2, -0.5, -1, -1},
      {0.1353352832366127, 1.6487212707001282, 0.1353352832366127, 1.6487212707001282},
      {Double.NaN, -0.6931471805599453, -0.5, 2},
      {Double.NaN, 0.7071067811865476, Double.NaN, 0.7071067811865475},
      {4, 0.25, -4, 1},
      {2, 0.5, -1, 1},
      {-0.5, 2, -0.25, -4},
      {0, 1, 0, 0},
      {-1.4, 0.5, 0.7, 1},
      {-0.6052653017343711, 0.5, 0.09473469826562889, 1},
      {-1.520166468595695, 0.5253504936777403, 0.23793287225168182, 1.0507009873554805},
      {-0.04550026389635842, 0.3457312306370065, -0.0852318010781967, 0.8674951246561629},
      {-0.2384058440442351, 0.3112296656009273, -0.0907842487848955, 0.7399611873026519},
      {0.1269280110429725, 0.9740769841801067, 0.11920292202211755, 0.6224593312018546},
      {1 / 6.0, 0.5833333333333334, 1 / 6.0, 1 / 6.0},
    };
    assertThat(expected.length).isEqualTo(UnaryOp.values().length);
    for (UnaryOp op : UnaryOp.values()) {
      double[] row = expected[op.ordinal()];
      Span y = values(0, 0);
      backend.elementwise().unary(op, 0.7, values(x), y);
      assertThat(read(y))
          .as("%s", op)
          .containsExactly(new double[] {row[0], row[1]}, within(CLOSE));
      Span saved = op.gradientFromOutput() ? y : values(x);
      Span dx = values(0, 0);
      backend.elementwise().unaryBackward(op, 0.7, saved, values(1, 1), dx, false);
      assertThat(read(dx))
          .as("gradient of %s", op)
          .containsExactly(new double[] {row[2], row[3]}, within(CLOSE));
    }
  }

  @Test
  void binaryFunctionsWithBroadcasting() {
    BroadcastShape shape = new BroadcastShape(new int[] {2, 3}, new int[] {3, 1}, new int[] {1, 0});
    double[][] expected = {
      {4, 5, 6, 9, 10, 11}, {-2, -1, 0, -1, 0, 1}, {3, 6, 9, 20, 25, 30},
      {1 / 3.0, 2 / 3.0, 1, 0.8, 1, 1.2}, {3, 3, 3, 5, 5, 6}, {1, 2, 3, 4, 5, 5},
      {0, 0, 1, 0, 1, 0}, {0, 0, 0, 0, 0, 1}
    };
    for (BinaryOp op : BinaryOp.values()) {
      Span out = values(new double[6]);
      backend.elementwise().binary(op, shape, values(1, 2, 3, 4, 5, 6), values(3, 5), out, false);
      assertThat(read(out)).as("%s", op).containsExactly(expected[op.ordinal()], within(CLOSE));
    }
  }

  @Test
  void reductions() {
    ReduceShape shape = new ReduceShape(2, 3, 2);
    Span x = values(1, 10, 2, 30, 3, 20, -1, 5, -2, 5, -3, 4);
    Span out = values(0, 0, 0, 0);
    backend.reduction().reduce(ReduceOp.SUM, shape, x, 0.5, out, false);
    assertThat(read(out)).containsExactly(3, 30, -3, 7);
    backend.reduction().reduce(ReduceOp.MAX, shape, x, 1, out, true);
    assertThat(read(out)).containsExactly(6, 60, -4, 12);
    backend.reduction().reduce(ReduceOp.MIN, shape, x, 2, out, false);
    assertThat(read(out)).containsExactly(2, 20, -6, 8);
    Span argmax = indices(4);
    backend.reduction().argmax(shape, x, argmax);
    assertThat(readIndices(argmax)).containsExactly(2, 1, 0, 0);
  }

  @Test
  void nanIsTheLargest() {
    ReduceShape shape = new ReduceShape(1, 4, 1);
    Span x = values(1, Double.NaN, Double.POSITIVE_INFINITY, Double.NaN);
    Span argmax = indices(1);
    backend.reduction().argmax(shape, x, argmax);
    assertThat(readIndices(argmax)).containsExactly(1);
  }

  @Test
  void softmax() {
    ReduceShape shape = new ReduceShape(1, 2, 1);
    Span y = values(0, 0);
    backend.softmax().forward(shape, false, values(1000, 1000 + Math.log(3)), y);
    assertThat(read(y)).containsExactly(new double[] {0.25, 0.75}, within(1e-12));
    Span dx = values(0, 0);
    backend.softmax().backward(shape, false, values(0.25, 0.75), values(4, 8), dx, false);
    assertThat(read(dx)).containsExactly(new double[] {-0.75, 0.75}, within(CLOSE));
    backend.softmax().forward(shape, true, values(0, Math.log(3)), y);
    assertThat(read(y))
        .containsExactly(new double[] {Math.log(0.25), Math.log(0.75)}, within(CLOSE));
    backend.softmax().backward(shape, true, y, values(4, 8), dx, false);
    assertThat(read(dx)).containsExactly(new double[] {1, -1}, within(CLOSE));
  }

  @Test
  void softmaxSharesWhatTwoHugeEqualValuesLeave() {
    ReduceShape shape = new ReduceShape(1, 3, 1);
    Span y = values(0, 0, 0);
    backend.softmax().forward(shape, false, values(1e30, 1e30, 0), y);
    assertThat(read(y)).containsExactly(0.5, 0.5, 0);
    backend.softmax().forward(shape, true, values(1e30, 1e30, 1e30), y);
    assertThat(read(y)).containsOnly(-Math.log(3));
  }

  @Test
  void crossEntropy() {
    Span logits = values(0, Math.log(3), 0, 0);
    Span labels = indices(2);
    backend.memory().write(new int[] {1, 0}, 0, labels);
    Span losses = values(0, 0);
    Span lse = values(0, 0);
    backend.softmax().crossEntropy(2, 2, logits, labels, losses, lse);
    assertThat(read(losses))
        .containsExactly(new double[] {-Math.log(0.75), Math.log(2)}, within(CLOSE));
    assertThat(read(lse)).containsExactly(new double[] {Math.log(4), Math.log(2)}, within(CLOSE));
    Span dx = values(0, 0, 0, 0);
    backend.softmax().crossEntropyBackward(2, 2, logits, labels, lse, values(1, 4), dx, false);
    assertThat(read(dx)).containsExactly(new double[] {0.25, -0.25, -2, 2}, within(CLOSE));
  }

  @Test
  void copiesTransposeAndLeaveTheRestAlone() {
    CopyShape transpose = new CopyShape(new int[] {3, 2}, 0, new int[] {1, 3}, 1, new int[] {2, 1});
    Span target = values(9, 9, 9, 9, 9, 9, 9, 9);
    backend.indexing().copy(transpose, values(1, 2, 3, 4, 5, 6), target, false);
    assertThat(read(target)).containsExactly(9, 1, 4, 2, 5, 3, 6, 9);
  }

  @Test
  void uniformAndDropoutDrawTheSameNumbers() {
    Span drawn = values(new double[50]);
    backend.random().uniform(3, 4, 0, 1, drawn);
    double[] x = new double[50];
    Arrays.fill(x, 3);
    Span out = values(new double[50]);
    backend.random().dropout(3, 4, 0.25, values(x), out, false);
    double[] u = read(drawn);
    double[] kept = read(out);
    for (int i = 0; i < 50; i++) {
      assertThat(kept[i]).isEqualTo(u[i] < 0.25 ? 0 : 4);
    }
    assertThat(kept).contains(0, 4);
  }

  @Test
  void sgdWithMomentum() {
    Span p = values(1);
    Span v = values(Double.NaN);
    backend.update().sgd(new Sgd(0.1, 0.5, 0.25, false, 0.5, true), p, values(2), v);
    assertThat(read(v)).containsExactly(2.5);
    assertThat(read(p)).containsExactly(0.75);
    // d = 2 + 0.375, v = 1.25 + 0.75·2.375
    backend.update().sgd(new Sgd(0.1, 0.5, 0.25, false, 0.5, false), p, values(2), v);
    assertThat(read(v)).containsExactly(3.03125);
    assertThat(read(p)).containsExactly(new double[] {0.446875}, within(CLOSE));
    // d = 1, v = 0.5·3.03125 + 1, step = d + 0.5·v
    backend.update().sgd(new Sgd(1, 0.5, 0, true, 0, false), p, values(1), v);
    assertThat(read(v)).containsExactly(2.515625);
    assertThat(read(p)).containsExactly(new double[] {0.446875 - 2.2578125}, within(CLOSE));
  }

  @Test
  void adamMovesByTheRateOnItsFirstStep() {
    Span p = values(1, 1);
    Span m = values(0, 0);
    Span v = values(0, 0);
    backend
        .update()
        .adam(new Adam(0.1, 0.9, 0.99, 0, 0, false, false, 1), p, values(5, -0.01), m, v, null);
    assertThat(read(p)).containsExactly(new double[] {0.9, 1.1}, within(CLOSE));
    assertThat(read(m)).containsExactly(new double[] {0.5, -0.001}, within(CLOSE));
    assertThat(read(v)).containsExactly(new double[] {0.25, 1e-6}, within(CLOSE));
  }

  @Test
  void adamDecaysParametersOrGradients() {
    Span decoupled = values(2);
    Span l2 = values(2);
    backend
        .update()
        .adam(
            new Adam(0.1, 0.9, 0.99, 0, 0.5, true, false, 1),
            decoupled,
            values(1),
            values(0),
            values(0),
            null);
    assertThat(read(decoupled)).containsExactly(new double[] {2 - 0.1 - 0.1}, within(CLOSE));
    Span m = values(0);
    backend
        .update()
        .adam(new Adam(0.1, 0.9, 0.99, 0, 0.5, false, false, 1), l2, values(1), m, values(0), null);
    assertThat(read(m)).containsExactly(new double[] {0.2}, within(CLOSE));
    assertThat(read(l2)).containsExactly(new double[] {1.9}, within(CLOSE));
  }

  @Test
  void freshBuffersHoldNothingUseful() {
    DeviceBuffer buffer = backend.pool().acquire(DType.FLOAT64, 3, "fresh");
    assertThat(read(new Span(buffer, 0, 3))).containsOnly(Double.NaN);
  }

  @Test
  void refusesSinglePrecisionAndFreedBuffers() {
    assertThatThrownBy(() -> backend.pool().acquire(DType.FLOAT32, 3, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("allocate: the reference backend holds FLOAT64 and INT32, not FLOAT32");
    Span span = values(1);
    backend.pool().close();
    assertThatThrownBy(() -> read(span))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a buffer of the reference backend was used after its free");
  }

  private Span values(double... values) {
    DeviceBuffer buffer = backend.pool().acquire(DType.FLOAT64, values.length, "test");
    Span span = new Span(buffer, 0, values.length);
    backend.memory().write(values, 0, span);
    return span;
  }

  private Span indices(int length) {
    return new Span(backend.pool().acquire(DType.INT32, length, "test"), 0, length);
  }

  private double[] read(Span span) {
    double[] values = new double[span.length()];
    backend.memory().read(span, values, 0);
    return values;
  }

  private int[] readIndices(Span span) {
    int[] indices = new int[span.length()];
    backend.memory().read(span, indices, 0);
    return indices;
  }
}
