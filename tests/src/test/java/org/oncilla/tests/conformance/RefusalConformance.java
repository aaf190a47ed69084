package org.oncilla.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
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
import org.oncilla.backend.TableShape;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tests.reference.ReferenceBackend;

/** Calls that every backend must refuse in the same words before any memory is touched. */
class RefusalConformance {
  private static final GemmShape GEMM = GemmShape.of(2, 4, 3, false, false);
  private static final ConvolutionShape CONVOLUTION =
      new ConvolutionShape(2, 3, 5, 5, 4, 3, 3, 1, 1, 0, 0, 1, 1, 1);
  private static final PoolingShape POOLING = new PoolingShape(2, 3, 4, 4, 2, 2, 2, 2, 0, 0);
  private static final ReduceShape REDUCE = new ReduceShape(2, 5, 3);

  /** A call with arguments from a scratch. */
  interface Call {
    void run(Backend backend, Scratch scratch);
  }

  @OnEveryBackend(referenceToo = true)
  void matmul(BackendUnderTest target) {
    refuses(
        target,
        "gemm: a has 5 elements, but the shape demands 6",
        (on, s) -> on.matmul().gemm(GEMM, s.values(5), s.values(12), s.values(8), Epilogue.NONE));
    refuses(
        target,
        "gemm: b has 13 elements, but the shape demands 12",
        (on, s) -> on.matmul().gemm(GEMM, s.values(6), s.values(13), s.values(8), Epilogue.NONE));
    refuses(
        target,
        "gemm: c has 7 elements, but the shape demands 8",
        (on, s) -> on.matmul().gemm(GEMM, s.values(6), s.values(12), s.values(7), Epilogue.NONE));
    refuses(
        target,
        "gemm: bias has 2 elements, but the shape demands 4",
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
        "gemm: b holds INT32, but must hold " + target.backend().floatType(),
        (on, s) -> on.matmul().gemm(GEMM, s.values(6), s.indices(12), s.values(8), Epilogue.NONE));
    refuses(
        target,
        "gemm: a is missing",
        (on, s) -> on.matmul().gemm(GEMM, null, s.values(12), s.values(8), Epilogue.NONE));
  }

  @OnEveryBackend(referenceToo = true)
  void matmulOfBatches(BackendUnderTest target) {
    GemmShape batched = new GemmShape(3, 2, 4, 3, true, true, 6, 0);
    refuses(
        target,
        "gemm: a has 17 elements, but the shape demands 18",
        (on, s) ->
            on.matmul().gemm(batched, s.values(17), s.values(12), s.values(24), Epilogue.NONE));
    refuses(
        target,
        "gemm: b has 36 elements, but the shape demands 12",
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
        "conv2d: x has 149 elements, but the shape demands 150",
        (on, s) ->
            on.convolution()
                .forward(CONVOLUTION, s.values(x - 1), s.values(w), s.values(y), Epilogue.NONE));
    refuses(
        target,
        "conv2d: bias has 3 elements, but the shape demands 4",
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
        "conv2d backward input: w has 107 elements, but the shape demands 108",
        (on, s) ->
            on.convolution()
                .backwardInput(CONVOLUTION, s.values(y), s.values(w - 1), s.values(x), false));
    refuses(
        target,
        "conv2d backward weight: dy has 73 elements, but the shape demands 72",
        (on, s) ->
            on.convolution()
                .backwardWeight(CONVOLUTION, s.values(x), s.values(y + 1), s.values(w), false));
    refuses(
        target,
        "conv2d backward bias: db has 8 elements, but the shape demands 4",
        (on, s) -> on.convolution().backwardBias(CONVOLUTION, s.values(y), s.values(8), true));
  }

  @OnEveryBackend(referenceToo = true)
  void pooling(BackendUnderTest target) {
    int x = POOLING.inputLength();
    int y = POOLING.outputLength();
    refuses(
        target,
        "max pooling: argmax has 23 elements, but the shape demands 24",
        (on, s) -> on.pooling().maxForward(POOLING, s.values(x), s.values(y), s.indices(y - 1)));
    refuses(
        target,
        "max pooling: argmax holds " + target.backend().floatType() + ", but must hold INT32",
        (on, s) -> on.pooling().maxForward(POOLING, s.values(x), s.values(y), s.values(y)));
    refuses(
        target,
        "max pooling backward: argmax is missing",
        (on, s) -> on.pooling().maxBackward(POOLING, s.values(y), null, s.values(x), false));
    refuses(
        target,
        "max pooling backward: dx has 95 elements, but the shape demands 96",
        (on, s) ->
            on.pooling().maxBackward(POOLING, s.values(y), s.indices(y), s.values(x - 1), false));
    refuses(
        target,
        "average pooling: y has 96 elements, but the shape demands 24",
        (on, s) -> on.pooling().averageForward(POOLING, true, s.values(x), s.values(x)));
    refuses(
        target,
        "average pooling backward: dy has 25 elements, but the shape demands 24",
        (on, s) -> on.pooling().averageBackward(POOLING, false, s.values(25), s.values(x), true));
  }

  @OnEveryBackend(referenceToo = true)
  void elementwise(BackendUnderTest target) {
    refuses(
        target,
        "tanh: x has 3 elements, but the shape demands 4",
        (on, s) -> on.elementwise().unary(UnaryOp.TANH, 0, s.values(3), s.values(4)));
    refuses(
        target,
        "affine: x has 5 elements, but the shape demands 4",
        (on, s) -> on.elementwise().affine(s.values(5), 2, 1, s.values(4), false));
    refuses(
        target,
        "exp backward: saved has 3 elements, but the shape demands 4",
        (on, s) ->
            on.elementwise()
                .unaryBackward(UnaryOp.EXP, 0, s.values(3), s.values(4), s.values(4), false));
    refuses(
        target,
        "fill: out holds INT32, but must hold " + target.backend().floatType(),
        (on, s) -> on.elementwise().fill(s.indices(4), 1));
    BroadcastShape rows = new BroadcastShape(new int[] {3, 4}, new int[] {4, 1}, new int[] {0, 1});
    refuses(
        target,
        "add: a has 11 elements, but the shape reaches from element 0 to 11",
        (on, s) ->
            on.elementwise()
                .binary(BinaryOp.ADD, rows, s.values(11), s.values(4), s.values(12), false));
    refuses(
        target,
        "add: b has 3 elements, but the shape reaches from element 0 to 3",
        (on, s) ->
            on.elementwise()
                .binary(BinaryOp.ADD, rows, s.values(12), s.values(3), s.values(12), false));
    refuses(
        target,
        "add: out has 4 elements, but the shape demands 12",
        (on, s) ->
            on.elementwise()
                .binary(BinaryOp.ADD, rows, s.values(12), s.values(4), s.values(4), false));
  }

  @OnEveryBackend(referenceToo = true)
  void reduction(BackendUnderTest target) {
    refuses(
        target,
        "reduce max: x has 29 elements, but the shape demands 30",
        (on, s) ->
            on.reduction().reduce(ReduceOp.MAX, REDUCE, s.values(29), 1, s.values(6), false));
    refuses(
        target,
        "reduce sum: out has 5 elements, but the shape demands 6",
        (on, s) ->
            on.reduction().reduce(ReduceOp.SUM, REDUCE, s.values(30), 1, s.values(5), false));
    refuses(
        target,
        "argmax: out holds " + target.backend().floatType() + ", but must hold INT32",
        (on, s) -> on.reduction().argmax(REDUCE, s.values(30), s.values(6)));
  }

  @OnEveryBackend(referenceToo = true)
  void softmax(BackendUnderTest target) {
    refuses(
        target,
        "log-softmax: y has 6 elements, but the shape demands 30",
        (on, s) -> on.softmax().forward(REDUCE, true, s.values(30), s.values(6)));
    refuses(
        target,
        "softmax backward: dy has 31 elements, but the shape demands 30",
        (on, s) ->
            on.softmax().backward(REDUCE, false, s.values(30), s.values(31), s.values(30), false));
    refuses(
        target,
        "cross-entropy: labels holds " + target.backend().floatType() + ", but must hold INT32",
        (on, s) ->
            on.softmax().crossEntropy(2, 5, s.values(10), s.values(2), s.values(2), s.values(2)));
    refuses(
        target,
        "cross-entropy backward: labels has 3 elements, but the shape demands 2",
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
        "copy: source has 11 elements, but the shape reaches from element 0 to 11",
        (on, s) -> on.indexing().copy(transpose, s.values(11), s.values(14), false));
    refuses(
        target,
        "copy: target has 13 elements, but the shape reaches from element 2 to 13",
        (on, s) -> on.indexing().copy(transpose, s.values(12), s.values(13), false));
    refuses(
        target,
        "copy: target holds INT32, but must hold " + target.backend().floatType(),
        (on, s) -> on.indexing().copy(transpose, s.values(12), s.indices(14), false));
    refuses(
        target,
        "copy: only values can be added, not INT32",
        (on, s) -> on.indexing().copy(transpose, s.indices(12), s.indices(14), true));
    CopyShape flipped = new CopyShape(new int[] {4}, 2, new int[] {-1}, 0, new int[] {1});
    refuses(
        target,
        "copy: source has 4 elements, but the shape reaches from element -1 to 2",
        (on, s) -> on.indexing().copy(flipped, s.values(4), s.values(4), false));
  }

  @OnEveryBackend(referenceToo = true)
  void tables(BackendUnderTest target) {
    TableShape table = new TableShape(5, 3, 4);
    refuses(
        target,
        "gather: table has 14 elements, but the shape demands 15",
        (on, s) -> on.indexing().gather(table, s.values(14), s.indices(4), s.values(12)));
    refuses(
        target,
        "gather: indices holds " + target.backend().floatType() + ", but must hold INT32",
        (on, s) -> on.indexing().gather(table, s.values(15), s.values(4), s.values(12)));
    refuses(
        target,
        "scatter-add: dy has 13 elements, but the shape demands 12",
        (on, s) ->
            on.indexing().scatterAdd(table, s.indices(4), 0, s.values(13), s.values(15), true));
    refuses(
        target,
        "scatter-add: dTable is missing",
        (on, s) -> on.indexing().scatterAdd(table, s.indices(4), 0, s.values(12), null, true));
    refuses(
        target,
        "one-hot: out has 11 elements, but the shape demands 12",
        (on, s) -> on.indexing().oneHot(4, 3, s.indices(4), 0, 1, 0, s.values(11)));
    refuses(
        target,
        "one-hot: rows and classes must be positive, not 4x0",
        (on, s) -> on.indexing().oneHot(4, 0, s.indices(4), 0, 1, 0, s.values(4)));
    refuses(
        target,
        "a table and the indices into it need positive sizes, but are 5x0 and 4",
        (on, s) ->
            on.indexing()
                .gather(new TableShape(5, 0, 4), s.values(15), s.indices(4), s.values(12)));
  }

  @OnEveryBackend(referenceToo = true)
  void parametersOfElementwiseFunctions(BackendUnderTest target) {
    refuses(
        target,
        "leaky_relu: alpha must be finite and at least 0, not -0.1",
        (on, s) -> on.elementwise().unary(UnaryOp.LEAKY_RELU, -0.1, s.values(4), s.values(4)));
    refuses(
        target,
        "elu backward: alpha must be finite and at least 0, not NaN",
        (on, s) ->
            on.elementwise()
                .unaryBackward(
                    UnaryOp.ELU, Double.NaN, s.values(4), s.values(4), s.values(4), false));
  }

  /** No backend has names of its own for what it is asked to do. */
  @OnEveryBackend(referenceToo = true)
  void namesOfElementwiseFunctions(BackendUnderTest target) {
    BroadcastShape four = BroadcastShape.elementwise(4);
    for (UnaryOp op : UnaryOp.values()) {
      String name = op.name().toLowerCase(Locale.ROOT);
      refuses(
          target,
          name + ": x has 3 elements, but the shape demands 4",
          (on, s) -> on.elementwise().unary(op, 0, s.values(3), s.values(4)));
      refuses(
          target,
          name + " backward: dy is missing",
          (on, s) -> on.elementwise().unaryBackward(op, 0, s.values(4), null, s.values(4), false));
    }
    for (BinaryOp op : BinaryOp.values()) {
      refuses(
          target,
          op.name().toLowerCase(Locale.ROOT) + ": out has 5 elements, but the shape demands 4",
          (on, s) ->
              on.elementwise().binary(op, four, s.values(4), s.values(4), s.values(5), false));
    }
    for (ReduceOp op : ReduceOp.values()) {
      refuses(
          target,
          "reduce " + op.name().toLowerCase(Locale.ROOT) + ": x is missing",
          (on, s) -> on.reduction().reduce(op, REDUCE, null, 1, s.values(6), false));
    }
  }

  @OnEveryBackend(referenceToo = true)
  void random(BackendUnderTest target) {
    refuses(
        target,
        "uniform: out holds INT32, but must hold " + target.backend().floatType(),
        (on, s) -> on.random().uniform(1, 2, 0, 1, s.indices(4)));
    refuses(
        target,
        "dropout: x has 5 elements, but the shape demands 4",
        (on, s) -> on.random().dropout(1, 2, 0.5, s.values(5), s.values(4), false));
    for (double probability : new double[] {1, -0.1, Double.NaN}) {
      refuses(
          target,
          "dropout: probability " + probability + " of dropping an element must be in [0, 1)",
          (on, s) -> on.random().dropout(1, 2, probability, s.values(4), s.values(4), false));
    }
  }

  @OnEveryBackend(referenceToo = true)
  void transfers(BackendUnderTest target) {
    refuses(
        target,
        "write: the span has 4 elements, which do not fit an array of 5 from 2 on",
        (on, s) -> on.memory().write(new float[5], 2, s.values(4)));
    refuses(
        target,
        "write: the span has 4 elements, which do not fit an array of 5 from -1 on",
        (on, s) -> on.memory().write(new float[5], -1, s.values(4)));
    refuses(
        target,
        "write: the span has 4 elements, which do not fit an array of 4 from 1 on",
        (on, s) -> on.memory().write(new double[4], 1, s.values(4)));
    refuses(
        target,
        "write: the span has 4 elements, which do not fit an array of 3 from 0 on",
        (on, s) -> on.memory().write(new int[3], 0, s.indices(4)));
    refuses(
        target,
        "read: the span has 4 elements, which do not fit an array of 3 from 0 on",
        (on, s) -> on.memory().read(s.values(4), new float[3], 0));
    refuses(
        target,
        "read: the span has 4 elements, which do not fit an array of 8 from 5 on",
        (on, s) -> on.memory().read(s.values(4), new float[8], 5));
    refuses(
        target,
        "read: the span has 4 elements, which do not fit an array of 8 from 5 on",
        (on, s) -> on.memory().read(s.values(4), new double[8], 5));
    refuses(
        target,
        "read: the span has 4 elements, which do not fit an array of 2 from 0 on",
        (on, s) -> on.memory().read(s.indices(4), new int[2], 0));
    refuses(
        target,
        "write: span holds INT32, but must hold " + target.backend().floatType(),
        (on, s) -> on.memory().write(new float[4], 0, s.indices(4)));
    refuses(
        target,
        "read: span holds " + target.backend().floatType() + ", but must hold INT32",
        (on, s) -> on.memory().read(s.values(4), new int[4], 0));
    refuses(
        target,
        "read: the array is missing",
        (on, s) -> on.memory().read(s.values(4), (float[]) null, 0));
    refuses(target, "write: span is missing", (on, s) -> on.memory().write(new double[4], 0, null));
  }

  /** Labels that live on another device cannot be read here. */
  @OnEveryBackend
  void buffersOfAnotherBackend(BackendUnderTest target) {
    try (ReferenceBackend other = new ReferenceBackend();
        Scratch elsewhere = new Scratch(other)) {
      Span foreign = elsewhere.indices(2);
      refusesMatching(
          target,
          ".*belongs to another backend.*",
          (on, s) ->
              on.softmax().crossEntropy(2, 5, s.values(10), foreign, s.values(2), s.values(2)));
    }
  }

  static void refuses(BackendUnderTest target, String text, Call call) {
    refusesMatching(target, Pattern.quote(text), call);
  }

  private static void refusesMatching(BackendUnderTest target, String text, Call call) {
    Backend backend = target.backend();
    int liveBefore = backend.pool().statistics().liveBuffers();
    try (Scratch scratch = new Scratch(backend)) {
      assertThatThrownBy(() -> call.run(backend, scratch))
          .as("%s: a call to be refused for: %s", target, text)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching(text);
      Span healthy = scratch.values(3);
      backend.elementwise().affine(healthy, 2, 1, healthy, false);
      assertThat(scratch.read(healthy)).as("%s after a refusal", target).containsOnly(2);
    }
    assertThat(backend.pool().statistics().liveBuffers())
        .as("%s: buffers live after a refusal", target)
        .isEqualTo(liveBefore);
  }
}
