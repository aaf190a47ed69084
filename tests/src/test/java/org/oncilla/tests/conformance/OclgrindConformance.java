package org.oncilla.tests.conformance;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.BroadcastShape;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.IndexingKernels;
import org.oncilla.backend.NormalizationShape;
import org.oncilla.backend.PoolingShape;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.TableShape;
import org.oncilla.backend.UnaryOp;
import org.oncilla.backend.UpdateKernels.Adadelta;
import org.oncilla.backend.UpdateKernels.Adagrad;
import org.oncilla.backend.UpdateKernels.Adam;
import org.oncilla.backend.UpdateKernels.Lion;
import org.oncilla.backend.UpdateKernels.Nadam;
import org.oncilla.backend.UpdateKernels.RmsProp;
import org.oncilla.backend.UpdateKernels.Sgd;
import org.oncilla.tests.TestBackends;

/**
 * Every OpenCL kernel on small cases, in both ways of cutting them, for oclgrind to watch: {@code
 * bin/check} runs these with oclgrind as the driver and searches its output for invalid accesses,
 * races and diverging barriers. An interpreter is slow, so sizes just pass the edges of a tile, a
 * group or a vector.
 */
@Tag("oclgrind")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OclgrindConformance {
  private final List<BackendUnderTest> profiles =
      Stream.of("groups", "single")
          .map(
              kernels ->
                  BackendUnderTest.of("opencl " + kernels, () -> TestBackends.openOpenCl(kernels)))
          .toList();

  @AfterAll
  void close() {
    profiles.forEach(BackendUnderTest::close);
  }

  List<BackendUnderTest> profiles() {
    return profiles;
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("profiles")
  void matmul(BackendUnderTest target) {
    Cases cases = new Cases(121);
    for (int options = 0; options < 4; options++) {
      boolean transposeA = (options & 1) != 0;
      boolean transposeB = (options & 2) != 0;
      GemmShape small = GemmShape.of(3, 5, 7, transposeA, transposeB);
      target.compare(MatmulConformance.call(cases, small, true, true, UnaryOp.RELU));
      GemmShape edges = GemmShape.of(17, 33, 9, transposeA, transposeB);
      target.compare(MatmulConformance.call(cases, edges, false, false, UnaryOp.IDENTITY));
    }
    // One size for each tile that a GPU gets; a sum long enough to be cut in parts; batches.
    int[][] tiles = {{31, 100, 5}, {50, 61, 17}, {60, 120, 3}, {120, 121, 3}};
    for (int[] size : tiles) {
      GemmShape tile = GemmShape.of(size[0], size[1], size[2], cases.flag(), cases.flag());
      target.compare(MatmulConformance.call(cases, tile, true, false, UnaryOp.TANH));
    }
    GemmShape deep = GemmShape.of(2, 3, 200, true, false);
    target.compare(MatmulConformance.call(cases, deep, true, true, UnaryOp.SIGMOID));
    GemmShape batched = new GemmShape(3, 4, 6, 5, false, false, 20, 0);
    target.compare(MatmulConformance.call(cases, batched, false, true, UnaryOp.IDENTITY));
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("profiles")
  void convolution(BackendUnderTest target) {
    Cases cases = new Cases(122);
    for (ConvolutionShape shape :
        List.of(
            new ConvolutionShape(2, 3, 6, 7, 4, 3, 2, 1, 1, 1, 0, 1, 1, 1),
            new ConvolutionShape(1, 4, 7, 9, 6, 2, 3, 2, 3, 1, 2, 2, 1, 2),
            new ConvolutionShape(1, 17, 3, 3, 33, 1, 1, 1, 1, 0, 0, 1, 1, 1))) {
      target.compare(ConvolutionConformance.forward(cases, shape, false, true, UnaryOp.TANH));
      target.compare(ConvolutionConformance.forward(cases, shape, true, false, UnaryOp.IDENTITY));
      target.compare(ConvolutionConformance.backwardInput(cases, shape, true));
      target.compare(ConvolutionConformance.backwardWeight(cases, shape, true));
      target.compare(ConvolutionConformance.backwardWeight(cases, shape, false));
      target.compare(ConvolutionConformance.backwardBias(cases, shape, true));
    }
    // A weight gradient whose sum is long enough to be cut in parts.
    ConvolutionShape deep = new ConvolutionShape(2, 1, 12, 11, 2, 2, 2, 1, 1, 0, 0, 1, 1, 1);
    target.compare(ConvolutionConformance.backwardWeight(cases, deep, false));
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("profiles")
  void pooling(BackendUnderTest target) {
    Cases cases = new Cases(123);
    for (PoolingShape shape :
        List.of(
            new PoolingShape(2, 3, 6, 8, 2, 2, 2, 2, 0, 0),
            new PoolingShape(1, 2, 7, 9, 3, 4, 1, 3, 1, 2))) {
      float[] x = cases.specials(shape.inputLength());
      target.compare(PoolingConformance.maxForward(shape, x, true));
      target.compare(PoolingConformance.maxForward(shape, x, false));
      target.compare(PoolingConformance.maxBackward(cases, shape, true));
      target.compare(PoolingConformance.maxBackward(cases, shape, false));
      target.compare(PoolingConformance.averageForward(cases, shape, true));
      target.compare(PoolingConformance.averageForward(cases, shape, false));
      target.compare(PoolingConformance.averageBackward(cases, shape, true, true));
      target.compare(PoolingConformance.averageBackward(cases, shape, false, false));
    }
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("profiles")
  void elementwise(BackendUnderTest target) {
    Cases cases = new Cases(124);
    for (int length : new int[] {1, 16, 37, 300}) {
      target.compare(ElementwiseConformance.fill(length, 1.5));
      target.compare(ElementwiseConformance.affine(cases, length, true));
      target.compare(ElementwiseConformance.affine(cases, length, false));
    }
    for (UnaryOp op : UnaryOp.values()) {
      target.compare(ElementwiseConformance.unary(op, cases.positive(37), false));
      target.compare(ElementwiseConformance.unary(op, cases.positive(32), true));
      target.compare(ElementwiseConformance.unaryBackward(op, cases, 37, true));
      target.compare(ElementwiseConformance.unaryBackward(op, cases, 16, false));
    }
    for (BinaryOp op : BinaryOp.values()) {
      BroadcastShape equal = BroadcastShape.elementwise(37);
      float[] a = cases.positive(37);
      float[] b = cases.positive(37);
      target.compare(ElementwiseConformance.binary(cases, op, equal, a, b, cases.flag()));
      target.compare(ElementwiseConformance.broadcast(cases, op, cases.between(2, 3), true));
    }
    target.compare(ElementwiseConformance.broadcast(cases, BinaryOp.ADD, 4, false));
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("profiles")
  void reduction(BackendUnderTest target) {
    Cases cases = new Cases(125);
    for (ReduceShape shape : reductions()) {
      float[] x = cases.values(shape.inputLength());
      for (ReduceOp op : ReduceOp.values()) {
        target.compare(ReductionConformance.reduce(cases, op, shape, x, cases.flag()));
      }
      target.compare(ReductionConformance.argmax(shape, cases.ties(x.length)));
    }
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("profiles")
  void softmax(BackendUnderTest target) {
    Cases cases = new Cases(126);
    for (ReduceShape shape : reductions()) {
      float[] x = cases.values(shape.inputLength());
      target.compare(SoftmaxConformance.forward(shape, false, x));
      target.compare(SoftmaxConformance.forward(shape, true, x));
      target.compare(SoftmaxConformance.backward(cases, shape, false, true));
      target.compare(SoftmaxConformance.backward(cases, shape, true, false));
    }
    for (int[] size : new int[][] {{3, 10}, {1, 300}, {5, 2}}) {
      float[] x = cases.values(size[0] * size[1]);
      target.compare(SoftmaxConformance.crossEntropy(cases, size[0], size[1], x));
      target.compare(SoftmaxConformance.crossEntropyBackward(cases, size[0], size[1], true));
      target.compare(SoftmaxConformance.crossEntropyBackward(cases, size[0], size[1], false));
    }
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("profiles")
  void normalization(BackendUnderTest target) {
    Cases cases = new Cases(130);
    // Rows of features, images, and channels long enough to be cut in chunks.
    for (int[] sizes : new int[][] {{7, 6, 1}, {3, 4, 5}, {300, 2, 1}, {5, 2, 130}}) {
      NormalizationShape shape = new NormalizationShape(sizes[0], sizes[1], sizes[2]);
      float[] x = cases.values(shape.length());
      target.compare(NormalizationConformance.batchNorm(cases, shape, x, true));
      target.compare(NormalizationConformance.batchNormEvaluation(cases, shape, false));
      target.compare(NormalizationConformance.batchNormBackward(cases, shape, true, 7));
      target.compare(NormalizationConformance.batchNormBackward(cases, shape, false, 6));
      for (int groups = 1; groups <= 2; groups++) {
        target.compare(NormalizationConformance.groupNorm(cases, shape, groups, x, groups == 1));
        target.compare(NormalizationConformance.groupNormBackward(cases, shape, groups, 7));
      }
    }
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("profiles")
  void indexing(BackendUnderTest target) {
    Cases cases = new Cases(127);
    for (int rank = 1; rank <= BroadcastShape.MAX_RANK; rank++) {
      target.compare(IndexingConformance.generated(cases, rank, rank < 4 ? 7 : 3));
      target.compare(IndexingConformance.generated(cases, rank, rank < 4 ? 7 : 3));
    }
    // Rows and columns that share groups in several ways, and indices beyond one group's.
    for (TableShape shape :
        List.of(new TableShape(5, 3, 300), new TableShape(37, 17, 20), new TableShape(2, 300, 5))) {
      target.compare(
          IndexingConformance.gather(cases, shape, cases.indices(shape.count(), shape.rows())));
      target.compare(IndexingConformance.scatterAdd(cases, shape, IndexingKernels.NONE, true));
      target.compare(IndexingConformance.scatterAdd(cases, shape, 1, false));
    }
    target.compare(IndexingConformance.oneHot(new int[] {0, 4, -1, 5, -100, 2}, 5, -100));
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("profiles")
  void random(BackendUnderTest target) {
    Cases cases = new Cases(128);
    for (int length : new int[] {1, 4, 37, 300}) {
      target.compare(RandomConformance.uniform(cases.word(), cases.word(), -1, 2, length));
      target.compare(RandomConformance.dropout(cases, 0.3, length, true));
      target.compare(RandomConformance.dropout(cases, 0.3, length, false));
    }
  }

  @ParameterizedTest(name = "{0}", autoCloseArguments = false)
  @MethodSource("profiles")
  void update(BackendUnderTest target) {
    Cases cases = new Cases(129);
    for (int length : new int[] {1, 37, 300}) {
      for (Sgd options :
          Arrays.asList(
              new Sgd(0.1, 0, 0, false, 0.01, true),
              new Sgd(0.1, 0.9, 0.5, false, 0.01, true),
              new Sgd(0.1, 0.9, 0, true, 0, false))) {
        target.compare(UpdateConformance.sgd(cases, options, length));
      }
      target.compare(
          UpdateConformance.adam(
              cases, new Adam(1e-3, 0.9, 0.999, 1e-8, 0.1, true, false, 3), length));
      target.compare(
          UpdateConformance.adam(
              cases, new Adam(1e-3, 0.9, 0.999, 1e-8, 0.1, false, true, 1), length));
      target.compare(
          UpdateConformance.rmsProp(cases, new RmsProp(0.01, 0.9, 1e-8, 0.9, true, 0.1), length));
      target.compare(
          UpdateConformance.rmsProp(cases, new RmsProp(0.01, 0.9, 1e-8, 0, false, 0), length));
      target.compare(
          UpdateConformance.adagrad(cases, new Adagrad(0.1, 0.02, 1e-6, 0.1, 3), length));
      target.compare(UpdateConformance.adadelta(cases, new Adadelta(1, 0.9, 1e-6, 0.1), length));
      target.compare(
          UpdateConformance.nadam(
              cases, new Nadam(1e-2, 0.8, 0.99, 1e-6, 0.01, 0.6, 0.65, 1e-3, 10), length));
      target.compare(UpdateConformance.lion(cases, new Lion(1e-2, 0.9, 0.99, 0.1), length));
    }
  }

  private static List<ReduceShape> reductions() {
    return List.of(
        new ReduceShape(3, 10, 1),
        new ReduceShape(1, 10, 17),
        new ReduceShape(1, 300, 1),
        new ReduceShape(1, 300, 2),
        new ReduceShape(5, 2, 1));
  }
}
