package org.oncilla.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.regex.Pattern;
import org.oncilla.backend.Backend;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.BroadcastShape;
import org.oncilla.backend.ConvolutionShape;
import org.oncilla.backend.CopyShape;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.PoolingShape;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.Span;
import org.oncilla.backend.UnaryOp;
import org.oncilla.backend.UpdateKernels.Adam;
import org.oncilla.backend.UpdateKernels.Sgd;
import org.oncilla.tests.reference.ReferenceBackend;

/** Calls that every backend must refuse, with the text, before any memory is touched. */
class RefusalConformance {
  private static final GemmShape GEMM = GemmShape.of(2, 4, 3, false, false);
  private static final ConvolutionShape CONVOLUTION =
      new ConvolutionShape(2, 3, 5, 5, 4, 3, 3, 1, 1, 0, 0, 1, 1, 1);
  private static final PoolingShape POOLING = new PoolingShape(2, 3, 4, 4, 2, 2, 2, 2, 0, 0);
  private static final ReduceShape REDUCE = new ReduceShape(2, 5, 3);

  /** A call with arguments from a scratch. */
  private interface Call {
    void run(Backend backend, Scratch scratch);
  }

  @OnEveryBackend(referenceToo = true)
  void matmul(BackendUnderTest target) {
    refuses(
        target,
        "a has 5 elements, but the shape demands 6",
        (on, s) -> on.matmul().gemm(GEMM, s.values(5), s.values(12), s.values(8), Epilogue.NONE));
    refuses(
        target,
        "b has 13 elements, but the shape demands 12",
        (on, s) -> on.matmul().gemm(GEMM, s.values(6), s.values(13), s.values(8), Epilogue.NONE));
    refuses(
        target,
        "c has 7 elements, but the shape demands 8",
        (on, s) -> on.matmul().gemm(GEMM, s.values(6), s.values(12), s.values(7), Epilogue.NONE));
    refuses(
        target,
        "bias has 2 elements, but the shape demands 4",
        (on, s) ->
            on.matmul()
                .gemm(
                    GEMM,
                    s.values(6),
                    s.values(12),
                    s.values(8),
                    new Epilogue(false, s.values(2), UnaryOp.RELU)));
    refuses(
        target,
        "b holds INT32, but must hold " + target.backend().floatType(),
        (on, s) -> on.matmul().gemm(GEMM, s.values(6), s.indices(12), s.values(8), Epilogue.NONE));
    refuses(
        target,
        "a is missing",
        (on, s) -> on.matmul().gemm(GEMM, null, s.values(12), s.values(8), Epilogue.NONE));
  }

  @OnEveryBackend(referenceToo = true)
  void matmulOfBatches(BackendUnderTest target) {
    GemmShape batched = new GemmShape(3, 2, 4, 3, true, true, 6, 0);
    refuses(
        target,
        "a has 17 elements, but the shape demands 18",
        (on, s) ->
            on.matmul().gemm(batched, s.values(17), s.values(12), s.values(24), Epilogue.NONE));
    refuses(
        target,
        "b has 36 elements, but the shape demands 12",
        (on, s) ->
            on.matmul().gemm(batched, s.values(18), s.values(36), s.values(24), Epilogue.NONE));
  }

  @OnEveryBackend(referenceToo = true)
  void convolution(BackendUnderTest target) {
    int x = CONVOLUTION.inputLength();
    int w = CONVOLUTION.weightLength();
    int y = CONVOLUTION.outputLength();
    refuses(
        target,
        "x has 149 elements, but the shape demands 150",
        (on, s) ->
            on.convolution()
                .forward(CONVOLUTION, s.values(x - 1), s.values(w), s.values(y), Epilogue.NONE));
    refuses(
        target,
        "bias has 3 elements, but the shape demands 4",
        (on, s) ->
            on.convolution()
                .forward(
                    CONVOLUTION,
                    s.values(x),
                    s.values(w),
                    s.values(y),
                    new Epilogue(false, s.values(3), UnaryOp.IDENTITY)));
    refuses(
        target,
        "w has 107 elements, but the shape demands 108",
        (on, s) ->
            on.convolution()
                .backwardInput(CONVOLUTION, s.values(y), s.values(w - 1), s.values(x), false));
    refuses(
        target,
        "dy has 73 elements, but the shape demands 72",
        (on, s) ->
            on.convolution()
                .backwardWeight(CONVOLUTION, s.values(x), s.values(y + 1), s.values(w), false));
    refuses(
        target,
        "db has 8 elements, but the shape demands 4",
        (on, s) -> on.convolution().backwardBias(CONVOLUTION, s.values(y), s.values(8), true));
  }

  @OnEveryBackend(referenceToo = true)
  void pooling(BackendUnderTest target) {
    int x = POOLING.inputLength();
    int y = POOLING.outputLength();
    refuses(
        target,
        "argmax has 23 elements, but the shape demands 24",
        (on, s) -> on.pooling().maxForward(POOLING, s.values(x), s.values(y), s.indices(y - 1)));
    refuses(
        target,
        "argmax holds " + target.backend().floatType() + ", but must hold INT32",
        (on, s) -> on.pooling().maxForward(POOLING, s.values(x), s.values(y), s.values(y)));
    refuses(
        target,
        "argmax is missing",
        (on, s) -> on.pooling().maxBackward(POOLING, s.values(y), null, s.values(x), false));
    refuses(
        target,
        "dx has 95 elements, but the shape demands 96",
        (on, s) ->
            on.pooling().maxBackward(POOLING, s.values(y), s.indices(y), s.values(x - 1), false));
    refuses(
        target,
        "y has 96 elements, but the shape demands 24",
        (on, s) -> on.pooling().averageForward(POOLING, true, s.values(x), s.values(x)));
    refuses(
        target,
        "dy has 25 elements, but the shape demands 24",
        (on, s) -> on.pooling().averageBackward(POOLING, false, s.values(25), s.values(x), true));
  }

  @OnEveryBackend(referenceToo = true)
  void elementwise(BackendUnderTest target) {
    refuses(
        target,
        "* elements, but the shape demands *",
        (on, s) -> on.elementwise().unary(UnaryOp.TANH, s.values(3), s.values(4)));
    refuses(
        target,
        "* elements, but the shape demands *",
        (on, s) -> on.elementwise().affine(s.values(5), 2, 1, s.values(4), false));
    refuses(
        target,
        "* elements, but the shape demands *",
        (on, s) ->
            on.elementwise()
                .unaryBackward(UnaryOp.EXP, s.values(3), s.values(4), s.values(4), false));
    refuses(
        target,
        "out holds INT32, but must hold " + target.backend().floatType(),
        (on, s) -> on.elementwise().fill(s.indices(4), 1));
    BroadcastShape rows = new BroadcastShape(new int[] {3, 4}, new int[] {4, 1}, new int[] {0, 1});
    refuses(
        target,
        "a has 11 elements, but the shape reaches from element 0 to 11",
        (on, s) ->
            on.elementwise()
                .binary(BinaryOp.ADD, rows, s.values(11), s.values(4), s.values(12), false));
    refuses(
        target,
        "b has 3 elements, but the shape reaches from element 0 to 3",
        (on, s) ->
            on.elementwise()
                .binary(BinaryOp.ADD, rows, s.values(12), s.values(3), s.values(12), false));
    refuses(
        target,
        "out has 4 elements, but the shape demands 12",
        (on, s) ->
            on.elementwise()
                .binary(BinaryOp.ADD, rows, s.values(12), s.values(4), s.values(4), false));
  }

  @OnEveryBackend(referenceToo = true)
  void reduction(BackendUnderTest target) {
    refuses(
        target,
        "x has 29 elements, but the shape demands 30",
        (on, s) ->
            on.reduction().reduce(ReduceOp.MAX, REDUCE, s.values(29), 1, s.values(6), false));
    refuses(
        target,
        "out has 5 elements, but the shape demands 6",
        (on, s) ->
            on.reduction().reduce(ReduceOp.SUM, REDUCE, s.values(30), 1, s.values(5), false));
    refuses(
        target,
        "out holds " + target.backend().floatType() + ", but must hold INT32",
        (on, s) -> on.reduction().argmax(REDUCE, s.values(30), s.values(6)));
  }

  @OnEveryBackend(referenceToo = true)
  void softmax(BackendUnderTest target) {
    refuses(
        target,
        "y has 6 elements, but the shape demands 30",
        (on, s) -> on.softmax().forward(REDUCE, true, s.values(30), s.values(6)));
    refuses(
        target,
        "dy has 31 elements, but the shape demands 30",
        (on, s) ->
            on.softmax().backward(REDUCE, false, s.values(30), s.values(31), s.values(30), false));
    refuses(
        target,
        "labels holds " + target.backend().floatType() + ", but must hold INT32",
        (on, s) ->
            on.softmax().crossEntropy(2, 5, s.values(10), s.values(2), s.values(2), s.values(2)));
    refuses(
        target,
        "labels has 3 elements, but the shape demands 2",
        (on, s) ->
            on.softmax()
                .crossEntropyBackward(
                    2,
                    5,
                    s.values(10),
                    s.indices(3),
                    s.values(2),
                    s.values(2),
                    s.values(10),
                    true));
  }

  @OnEveryBackend(referenceToo = true)
  void indexing(BackendUnderTest target) {
    CopyShape transpose = new CopyShape(new int[] {3, 4}, 0, new int[] {1, 3}, 2, new int[] {4, 1});
    refuses(
        target,
        "source has 11 elements, but the shape reaches from element 0 to 11",
        (on, s) -> on.indexing().copy(transpose, s.values(11), s.values(14), false));
    refuses(
        target,
        "target has 13 elements, but the shape reaches from element 2 to 13",
        (on, s) -> on.indexing().copy(transpose, s.values(12), s.values(13), false));
    refuses(
        target,
        "target holds INT32, but must hold " + target.backend().floatType(),
        (on, s) -> on.indexing().copy(transpose, s.values(12), s.indices(14), false));
    refuses(
        target,
        "INT32",
        (on, s) -> on.indexing().copy(transpose, s.indices(12), s.indices(14), true));
    CopyShape flipped = new CopyShape(new int[] {4}, 2, new int[] {-1}, 0, new int[] {1});
    refuses(
        target,
        "source has 4 elements, but the shape reaches from element -1 to 2",
        (on, s) -> on.indexing().copy(flipped, s.values(4), s.values(4), false));
  }

  @OnEveryBackend(referenceToo = true)
  void random(BackendUnderTest target) {
    refuses(
        target,
        "out holds INT32, but must hold " + target.backend().floatType(),
        (on, s) -> on.random().uniform(1, 2, 0, 1, s.indices(4)));
    refuses(
        target,
        "* elements, but the shape demands *",
        (on, s) -> on.random().dropout(1, 2, 0.5, s.values(5), s.values(4), false));
    for (double probability : new double[] {1, -0.1, Double.NaN}) {
      refuses(
          target,
          "dropout: *probability*" + probability,
          (on, s) -> on.random().dropout(1, 2, probability, s.values(4), s.values(4), false));
    }
  }

  @OnEveryBackend(referenceToo = true)
  void update(BackendUnderTest target) {
    Sgd momentum = new Sgd(0.1, 0.9, 0, false, 0, true);
    Adam adam = new Adam(1e-3, 0.9, 0.999, 1e-8, 0, false, 1);
    refuses(
        target,
        "gradients has 5 elements, but the shape demands 4",
        (on, s) -> on.update().sgd(momentum, s.values(4), s.values(5), s.values(4)));
    refuses(
        target,
        "velocity is missing",
        (on, s) -> on.update().sgd(momentum, s.values(4), s.values(4), null));
    refuses(
        target,
        "secondMoment has 3 elements, but the shape demands 4",
        (on, s) -> on.update().adam(adam, s.values(4), s.values(4), s.values(4), s.values(3)));
  }

  @OnEveryBackend(referenceToo = true)
  void transfers(BackendUnderTest target) {
    refuses(target, "4", (on, s) -> on.memory().write(new float[5], 2, s.values(4)));
    refuses(target, "4", (on, s) -> on.memory().write(new float[5], -1, s.values(4)));
    refuses(target, "4", (on, s) -> on.memory().write(new int[3], 0, s.indices(4)));
    refuses(target, "4", (on, s) -> on.memory().read(s.values(4), new float[3], 0));
    refuses(target, "4", (on, s) -> on.memory().read(s.values(4), new float[8], 5));
    refuses(target, "4", (on, s) -> on.memory().read(s.values(4), new double[8], 5));
    refuses(target, "4", (on, s) -> on.memory().read(s.indices(4), new int[2], 0));
    refuses(
        target,
        "holds INT32, but must hold " + target.backend().floatType(),
        (on, s) -> on.memory().write(new float[4], 0, s.indices(4)));
    refuses(
        target,
        "holds " + target.backend().floatType() + ", but must hold INT32",
        (on, s) -> on.memory().read(s.values(4), new int[4], 0));
  }

  /** Labels that live on another device cannot be read here. */
  @OnEveryBackend
  void buffersOfAnotherBackend(BackendUnderTest target) {
    try (ReferenceBackend other = new ReferenceBackend();
        Scratch elsewhere = new Scratch(other)) {
      Span foreign = elsewhere.indices(2);
      refuses(
          target,
          "belongs to another backend",
          (on, s) ->
              on.softmax().crossEntropy(2, 5, s.values(10), foreign, s.values(2), s.values(2)));
    }
  }

  /** Text with a * matches anything there. */
  private static void refuses(BackendUnderTest target, String text, Call call) {
    Backend backend = target.backend();
    int liveBefore = backend.pool().statistics().liveBuffers();
    try (Scratch scratch = new Scratch(backend)) {
      assertThatThrownBy(() -> call.run(backend, scratch))
          .as("%s: a call to be refused for: %s", target, text)
          .isInstanceOfAny(IllegalArgumentException.class, IndexOutOfBoundsException.class)
          .hasMessageMatching(pattern(text));
      Span healthy = scratch.values(3);
      backend.elementwise().affine(healthy, 2, 1, healthy, false);
      assertThat(scratch.read(healthy)).as("%s after a refusal", target).containsOnly(2);
    }
    assertThat(backend.pool().statistics().liveBuffers())
        .as("%s: buffers live after a refusal", target)
        .isEqualTo(liveBefore);
  }

  private static String pattern(String text) {
    return "(?s).*" + Pattern.quote(text).replace("*", "\\E.*\\Q") + ".*";
  }
}
