package org.oncilla.tests.conformance;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.IndexingKernels;
import org.oncilla.backend.NormalizationShape;
import org.oncilla.backend.PoolingShape;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.TableShape;
import org.oncilla.backend.UnaryOp;
import org.oncilla.backend.UpdateKernels.Adam;
import org.oncilla.tests.TestBackends;

/**
 * What the CPU backend computes does not depend on how many threads compute it, to the last bit.
 */
class ThreadCountConformance {
  @ParameterizedTest(name = "vector={0}")
  @ValueSource(booleans = {true, false})
  void sameBitsWithAnyNumberOfThreads(boolean vector) {
    try (BackendUnderTest one = cpu("cpu with 1 thread", vector, 1);
        BackendUnderTest two = cpu("cpu with 2 threads", vector, 2);
        BackendUnderTest five = cpu("cpu with 5 threads", vector, 5)) {
      for (KernelCall call : calls(new Cases(111))) {
        two.checkSameBits(call, one);
        five.checkSameBits(call, one);
      }
    }
  }

  private static BackendUnderTest cpu(String label, boolean vector, int threads) {
    return BackendUnderTest.of(label, () -> TestBackends.openCpu(vector, threads));
  }

  /** Calls large enough to be split, of every family that adds. */
  private static List<KernelCall> calls(Cases cases) {
    List<KernelCall> calls = new ArrayList<>();
    for (int[] size : new int[][] {{257, 130, 300}, {3, 2000, 500}, {2000, 3, 100}, {10, 84, 64}}) {
      GemmShape shape = GemmShape.of(size[0], size[1], size[2], cases.flag(), cases.flag());
      calls.add(MatmulConformance.call(cases, shape, true, true, UnaryOp.TANH));
    }
    for (ConvolutionShape shape :
        List.of(
            new ConvolutionShape(9, 6, 14, 14, 16, 5, 5, 1, 1, 0, 0, 1, 1, 1),
            new ConvolutionShape(3, 8, 33, 31, 12, 3, 3, 2, 1, 1, 1, 1, 2, 4))) {
      calls.add(ConvolutionConformance.forward(cases, shape, false, true, UnaryOp.SIGMOID));
      calls.add(ConvolutionConformance.backwardInput(cases, shape, true));
      calls.add(ConvolutionConformance.backwardWeight(cases, shape, true));
      calls.add(ConvolutionConformance.backwardBias(cases, shape, false));
    }
    PoolingShape pooling = new PoolingShape(7, 9, 31, 30, 3, 3, 2, 2, 1, 1);
    calls.add(PoolingConformance.averageForward(cases, pooling, false));
    calls.add(PoolingConformance.averageBackward(cases, pooling, false, true));
    calls.add(PoolingConformance.maxBackward(cases, pooling, true));
    for (int[] size : new int[][] {{1, 100_003, 1}, {100, 999, 1}, {1, 3000, 33}, {7, 513, 20}}) {
      ReduceShape shape = new ReduceShape(size[0], size[1], size[2]);
      float[] x = cases.values(shape.inputLength());
      calls.add(ReductionConformance.reduce(cases, ReduceOp.SUM, shape, x, true));
      calls.add(SoftmaxConformance.forward(shape, false, x));
      calls.add(SoftmaxConformance.backward(cases, shape, true, false));
    }
    for (int[] size : new int[][] {{500, 70, 1}, {130, 40, 9}, {37, 6, 400}, {3, 1500, 31}}) {
      NormalizationShape shape = new NormalizationShape(size[0], size[1], size[2]);
      float[] x = cases.values(shape.length());
      calls.add(NormalizationConformance.batchNorm(cases, shape, x, true));
      calls.add(NormalizationConformance.batchNormBackward(cases, shape, true, 7));
      calls.add(NormalizationConformance.groupNorm(cases, shape, 2, x, true));
      calls.add(NormalizationConformance.groupNormBackward(cases, shape, 2, 7));
    }
    calls.add(SoftmaxConformance.crossEntropy(cases, 300, 100, cases.values(30_000)));
    calls.add(SoftmaxConformance.crossEntropyBackward(cases, 300, 100, true));
    TableShape vocabulary = new TableShape(900, 33, 3000);
    calls.add(IndexingConformance.scatterAdd(cases, vocabulary, IndexingKernels.NONE, true));
    calls.add(ElementwiseConformance.broadcast(cases, BinaryOp.DIVIDE, 5, true));
    calls.add(ElementwiseConformance.affine(cases, 100_003, true));
    calls.add(RandomConformance.dropout(cases, 0.25, 100_003, true));
    calls.add(
        UpdateConformance.adam(
            cases, new Adam(1e-3, 0.9, 0.999, 1e-8, 0.01, false, false, 3), 100_003));
    return calls;
  }
}
