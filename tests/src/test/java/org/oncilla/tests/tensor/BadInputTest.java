package org.oncilla.tests.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;

/**
 * What bad input gets: an exception whose text names the operation, the shapes and the remedy, and
 * not a byte that stays behind. The tensors are leaves, so that recording is covered too.
 */
class BadInputTest {
  /** A call that must fail. */
  record BadCall(String name, Function<Backend, ?> call, Class<?> type, List<String> parts) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Arguments> calls() {
    return TestBackends.present().stream()
        .flatMap(
            backend ->
                Stream.of(
                        products(),
                        BadWindows.all(),
                        elementwise(),
                        reductions(),
                        indexing(),
                        tables(),
                        classes(),
                        lifecycle(),
                        transfers())
                    .flatMap(Function.identity())
                    .map(call -> Arguments.of(backend, call)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("calls")
  void isExplainedAndLeaksNothing(TestBackend target, BadCall bad) {
    long before = target.backend().pool().statistics().liveBytes();
    try (Scope scope = Scope.open()) {
      Throwable failure = catchThrowable(() -> bad.call().apply(target.backend()));
      assertThat(failure)
          .isInstanceOf(bad.type())
          .extracting(Throwable::getMessage)
          .asString()
          .contains(bad.parts());
    }
    assertThat(target.backend().pool().statistics().liveBytes()).isEqualTo(before);
  }

  private static Stream<BadCall> products() {
    UnaryOp none = UnaryOp.IDENTITY;
    return Stream.of(
        bad(
            "matmul of sizes that differ",
            b -> t(b, 2, 3).matmul(t(b, 4, 5)),
            "matmul: shape [2, 3] and shape [4, 5] do not fit: the inner sizes are 3 and 4"),
        bad(
            "matmul with a transpose too many",
            b -> t(b, 2, 3).matmul(t(b, 3, 4), true, false),
            "matmul: shape [2, 3] transposed and shape [3, 4] do not fit",
            "inner sizes are 2 and 3"),
        bad(
            "matmul of a vector",
            b -> t(b, 3).matmul(t(b, 3, 2)),
            "matmul: needs matrices",
            "[3] and [3, 2]",
            "reshape a vector to [n, 1] or [1, n]"),
        bad(
            "matmul of batches that differ",
            b -> t(b, 2, 3, 4).matmul(t(b, 5, 4, 3)),
            "matmul: the batches of shapes [2, 3, 4] and [5, 4, 3] differ: [2] and [5]"),
        bad(
            "linear on images",
            b -> t(b, 2, 1, 3, 3).linear(t(b, 4, 9), null, none),
            "linear: the input must be [N, in], but has shape [2, 1, 3, 3]"),
        bad(
            "linear with a weight of another width",
            b -> t(b, 2, 3).linear(t(b, 4, 5), null, none),
            "linear: an input of shape [2, 3] does not fit a weight of shape [4, 5] [out, in]"),
        bad(
            "linear with a bias of another length",
            b -> t(b, 2, 3).linear(t(b, 4, 3), t(b, 3), none),
            "linear: the bias has shape [3], but there are 4 outputs"),
        bad(
            "linear with an activation that cannot be fused",
            b -> t(b, 2, 3).linear(t(b, 4, 3), null, UnaryOp.EXP),
            "linear: cannot fuse the activation EXP",
            "call map(UnaryOp.EXP) on the result"));
  }

  private static Stream<BadCall> elementwise() {
    return Stream.of(
        bad(
            "add of shapes that do not broadcast",
            b -> t(b, 2, 3).add(t(b, 2, 4)),
            "add: shapes [2, 3] and [2, 4] do not broadcast: axis -1 has sizes 3 and 4",
            "equal or one of them 1"),
        bad(
            "mul of shapes that do not broadcast",
            b -> t(b, 2, 3).mul(t(b, 4, 5, 3)),
            "multiply: shapes [2, 3] and [4, 5, 3] do not broadcast: axis -2",
            "2 and 5"),
        bad("relu of indices", b -> ints(b).relu(), "relu: needs values", "[3]", "INT32"),
        bad("add 1 to indices", b -> ints(b).add(1), "add: needs values", "INT32", "Tensor.of"),
        bad("mul of indices", b -> t(b, 3).mul(ints(b)), "multiply: needs values", "INT32"),
        bad(
            "dropout of everything",
            b -> t(b, 3).dropout(1, 0, 0),
            "dropout: the probability of dropping an element must be in [0, 1), not 1.0"),
        bad("dropout of NaN", b -> t(b, 3).dropout(Double.NaN, 0, 0), "in [0, 1), not NaN"));
  }

  private static Stream<BadCall> reductions() {
    return Stream.of(
        bad(
            "sum over an axis that is not there",
            b -> t(b, 2, 3).sum(2),
            "sum: shape [2, 3] has no axis 2; choose one of -2 … 1"),
        bad(
            "mean over an axis twice",
            b -> t(b, 2, 3).mean(1, -1),
            "mean: axis -1 of shape [2, 3] is named twice in [1, -1]"),
        bad("max over an axis that is not there", b -> t(b, 2).max(-2), "max: shape [2] has no"),
        bad("sum of indices", b -> ints(b).sum(), "sum: needs values", "INT32"),
        bad("argmax of a scalar", b -> t(b).argmax(0), "argmax: shape [] has no axis 0", "scalar"),
        bad(
            "softmax along an axis that is not there",
            b -> t(b, 2, 3).softmax(5),
            "softmax: shape [2, 3] has no axis 5; choose one of -2 … 1"),
        bad("logSoftmax of indices", b -> ints(b).logSoftmax(0), "logSoftmax: needs values"));
  }

  private static Stream<BadCall> indexing() {
    return Stream.of(
        bad(
            "reshape to another length",
            b -> t(b, 2, 3).reshape(4, 2),
            "reshape: shape [2, 3] has 6 elements, which do not fit [4, 2]"),
        bad(
            "reshape to a length that does not divide",
            b -> t(b, 2, 3).reshape(-1, 4),
            "reshape: shape [2, 3] has 6 elements, which do not fit [-1, 4]"),
        bad("reshape with two unknowns", b -> t(b, 6).reshape(-1, -1), "do not fit [-1, -1]"),
        bad("reshape to zero", b -> t(b, 6).reshape(0, -1), "do not fit [0, -1]"),
        bad("reshape to a product that overflows", b -> t(b, 4).reshape(1 << 16, 1 << 16, 4), "4"),
        bad(
            "slice beyond the end",
            b -> t(b, 2, 3).slice(1, 1, 4),
            "slice: 1 … 4 (exclusive) is not a range of axis 1 of shape [2, 3]"),
        bad("slice of nothing", b -> t(b, 4).slice(0, 2, 2), "slice: 2 … 2 (exclusive)", "[4]"),
        bad("slice of no axis", b -> t(b, 4).slice(1, 0, 1), "slice: shape [4] has no axis 1"),
        bad(
            "transpose of no axis",
            b -> t(b, 2, 3).transpose(0, 2),
            "transpose: shape [2, 3] has no axis 2"),
        bad(
            "permute that names an axis twice",
            b -> t(b, 2, 3).permute(0, 0),
            "permute: [0, 0] does not name each axis of shape [2, 3] once"),
        bad(
            "broadcastTo a smaller shape",
            b -> t(b, 2, 3).broadcastTo(Shape.of(3)),
            "broadcastTo: shape [2, 3] does not stretch to [3]"),
        bad(
            "broadcastTo a shape that does not fit",
            b -> t(b, 2, 3).broadcastTo(Shape.of(2, 4)),
            "broadcastTo: shapes [2, 3] and [2, 4] do not broadcast"),
        bad("concat of nothing", b -> Tensor.concat(0), "concat: needs at least one tensor"),
        bad(
            "concat of shapes that differ elsewhere",
            b -> Tensor.concat(0, t(b, 2, 3), t(b, 2, 4)),
            "concat: shapes [2, 3] and [2, 4] differ in another axis than 0"),
        bad(
            "concat of ranks that differ",
            b -> Tensor.concat(0, t(b, 2, 3), t(b, 2)),
            "concat: shapes [2, 3] and [2] differ"),
        bad(
            "concat of no axis",
            b -> Tensor.concat(1, t(b, 2)),
            "concat: shape [2] has no axis 1"));
  }

  private static Stream<BadCall> tables() {
    return Stream.of(
        bad(
            "embedding beyond the table",
            b -> labels(b, 0, 7, 1).embedding(t(b, 5, 2)),
            "embedding: index 7 of row 1 is not in 0 … 4, the rows of a weight of shape [5, 2]"),
        bad(
            "embedding of a negative index in a matrix",
            b -> labels(b, 0, 4, 1, 2, -3, 0).reshape(2, 3).embedding(t(b, 5, 2)),
            "embedding: index -3 at [1, 1] is not in 0 … 4"),
        bad(
            "embedding of indices computed on the device",
            b -> largestAt(b, 3, 5).argmax(1).embedding(t(b, 5, 2)),
            "embedding: index 5 of row 1 is not in 0 … 4"),
        bad(
            "embedding of values",
            b -> t(b, 3).embedding(t(b, 5, 2)),
            "embedding: needs indices or class labels (INT32), but a tensor of shape [3] holds"),
        bad(
            "embedding in a table of indices",
            b -> ints(b).embedding(ints(b)),
            "embedding: needs values, but a tensor of shape [3] holds indices"),
        bad(
            "embedding in a vector",
            b -> ints(b).embedding(t(b, 5)),
            "embedding: the weight must be [V, D], but has shape [5]"),
        bad(
            "embedding with a padding index beyond the table",
            b -> ints(b).embedding(t(b, 5, 2), 5),
            "embedding: the padding index 5 is not in 0 … 4, the rows of a weight of shape [5, 2]"),
        bad(
            "oneHot of a label that is no class",
            b -> labels(b, 0, 7, 1).oneHot(4),
            "oneHot: label 7 of row 1 is not in 0 … 3, the 4 classes"),
        bad(
            "oneHot of a label beside the ignored one",
            b -> labels(b, -100, 2, -1, -100).oneHot(4, 1, 0, -100),
            "oneHot: label -1 of row 2 is not in 0 … 3"),
        bad(
            "oneHot without classes",
            b -> ints(b).oneHot(0),
            "oneHot: needs at least 1 class, not 0"),
        bad("oneHot of values", b -> t(b, 3).oneHot(4), "oneHot: needs indices or class labels"));
  }

  private static Stream<BadCall> classes() {
    return Stream.of(
        bad(
            "crossEntropy with a label that is no class",
            b -> t(b, 3, 4).crossEntropy(labels(b, 0, 7, 1)),
            "crossEntropy: label 7 of row 1 is not in 0 … 3",
            "logits with 4 columns"),
        bad(
            "crossEntropy with a negative label",
            b -> t(b, 3, 4).crossEntropy(labels(b, 0, 3, -1)),
            "label -1 of row 2 is not in 0 … 3"),
        bad(
            "crossEntropy with labels computed on the device",
            b -> t(b, 2, 4).crossEntropy(largestAt(b, 3, 5).argmax(1)),
            "crossEntropy: label 5 of row 1 is not in 0 … 3"),
        bad(
            "crossEntropy with a slice of labels",
            b -> t(b, 2, 4).crossEntropy(labels(b, 9, 1, 8).slice(0, 1, 3)),
            "label 8 of row 1"),
        bad(
            "crossEntropy with labels that are values",
            b -> t(b, 3, 4).crossEntropy(t(b, 3)),
            "crossEntropy: needs indices or class labels (INT32), but a tensor of shape [3] holds",
            "Tensor.ofInts"),
        bad(
            "crossEntropy with indices for logits",
            b -> ints(b).crossEntropy(ints(b)),
            "crossEntropy: needs values"),
        bad(
            "crossEntropy with another number of labels",
            b -> t(b, 3, 4).crossEntropy(labels(b, 0, 1)),
            "crossEntropy: logits of shape [3, 4] need labels of shape [3], not [2]"),
        bad(
            "crossEntropy of a vector",
            b -> t(b, 3).crossEntropy(ints(b)),
            "crossEntropy: the logits must be [N, C], but has shape [3]"));
  }

  private static Stream<BadCall> lifecycle() {
    return Stream.of(
        bad(
            "backward of many values",
            b -> run(() -> t(b, 2, 3).square().backward()),
            "backward: a result of shape [2, 3] needs a gradient",
            "reduce it to a scalar by sum() or mean(), or call backward(gradient)"),
        bad(
            "backward from a gradient of another shape",
            b -> run(() -> t(b, 2, 3).square().backward(t(b, 3))),
            "backward: a gradient of shape [3] for a result of shape [2, 3]"),
        illegal(
            "backward twice",
            b -> {
              Tensor loss = t(b, 2, 3).square().sum();
              loss.backward();
              return run(loss::backward);
            },
            "backward already passed this result of sum",
            "run forward again"),
        illegal(
            "backward of a second loss through a part that ran",
            b -> {
              Tensor shared = t(b, 2).exp();
              shared.sum().backward();
              return run(shared.mean()::backward);
            },
            "backward already passed this result of exp"),
        illegal(
            "backward without a graph",
            b -> run(() -> t(b).detach().mul(2).backward()),
            "backward: this tensor of shape [] is no result of operations",
            "requireGrad()"),
        illegal(
            "backward of a leaf",
            b -> run(() -> t(b).backward()),
            "backward: this tensor of shape [] is no result of operations"),
        illegal(
            "backward of what was not recorded",
            b -> {
              try (NoGrad off = NoGrad.open()) {
                return run(t(b, 2).sum()::backward);
              }
            },
            "outside of NoGrad"),
        illegal(
            "a result made a leaf",
            b -> t(b, 2).square().requireGrad(),
            "requireGrad: this tensor of shape [2] is a result; detach() it first"),
        bad("indices made a leaf", b -> ints(b).requireGrad(), "requireGrad: needs values"),
        bad(
            "a gradient of another shape",
            b -> t(b, 2).requireGrad(t(b, 3)),
            "requireGrad: a gradient of shape [3] for a tensor of shape [2]"),
        closed("relu", x -> x.relu()),
        closed("add", x -> x.add(1)),
        closed("matmul", x -> x.matmul(x)),
        closed("sum", x -> x.sum()),
        closed("softmax", x -> x.softmax(0)),
        closed("reshape", x -> x.reshape(4)),
        closed("slice", x -> x.slice(0, 0, 1)),
        closed("transpose", x -> x.transpose(0, 1)),
        closed("permute", x -> x.permute(1, 0)),
        closed("broadcastTo", x -> x.broadcastTo(Shape.of(3, 2, 2))),
        closed("concat", x -> Tensor.concat(0, x, x)),
        closed("pad", x -> x.pad(1, 1)),
        closed("dropout", x -> x.dropout(0.5, 1, 1)),
        closed("argmax", x -> x.argmax(0)),
        closed("detach", x -> x.detach()),
        closed("toFloatArray", x -> x.toFloatArray()),
        closed("item", x -> x.item()),
        closed("requireGrad", x -> x.requireGrad()),
        closed("copyFrom", x -> run(() -> x.copyFrom(new float[4]))),
        closed("backward", x -> run(() -> x.backward(x))));
  }

  private static Stream<BadCall> transfers() {
    return Stream.of(
        bad(
            "too few values",
            b -> Tensor.of(b, new float[5], Shape.of(2, 3)),
            "a tensor of shape [2, 3] needs 6 values, not 5"),
        bad(
            "too many indices",
            b -> Tensor.ofInts(b, new int[7], Shape.of(2, 3)),
            "a tensor of shape [2, 3] needs 6 values, not 7"),
        bad("an empty batch", b -> t(b, 0, 3), "size of at least 1, but the shape is [0, 3]"),
        bad("a negative size", b -> t(b, 2, -3), "size of at least 1, but the shape is [2, -3]"),
        bad("too many axes", b -> t(b, 1, 1, 1, 1, 1, 1, 1), "at most 6 axes", "has 7"),
        bad("too many elements", b -> t(b, 1 << 16, 1 << 16), "more than 2147483647 elements"),
        bad(
            "item of many values",
            b -> t(b, 2, 3).item(),
            "item: a tensor of shape [2, 3] holds 6 values, not one"),
        bad("values of indices", b -> ints(b).toFloatArray(), "toFloatArray: needs values"),
        bad("indices of values", b -> t(b, 2).toIntArray(), "toIntArray: needs indices"),
        bad(
            "values copied into indices",
            b -> run(() -> ints(b).copyFrom(new float[3])),
            "copyFrom: needs values"),
        bad(
            "another number of values copied",
            b -> run(() -> t(b, 2, 3).copyFrom(new float[5])),
            "[2, 3] needs 6 values, not 5"));
  }

  static BadCall bad(String name, Function<Backend, ?> call, String... parts) {
    return new BadCall(name, call, IllegalArgumentException.class, List.of(parts));
  }

  private static BadCall illegal(String name, Function<Backend, ?> call, String... parts) {
    return new BadCall(name, call, IllegalStateException.class, List.of(parts));
  }

  private static BadCall closed(String operation, Function<Tensor, ?> call) {
    return illegal(
        operation + " of a closed tensor",
        b -> {
          Tensor x = t(b, 2, 2);
          x.close();
          return call.apply(x);
        },
        operation + ": this tensor of shape [2, 2] was closed",
        "Scope.keep");
  }

  /** A leaf. */
  static Tensor t(Backend backend, int... sizes) {
    return Tensor.zeros(backend, Shape.of(sizes)).requireGrad();
  }

  static Tensor ints(Backend backend) {
    return labels(backend, 0, 1, 2);
  }

  private static Tensor labels(Backend backend, int... labels) {
    return Tensor.ofInts(backend, labels, Shape.of(labels.length));
  }

  /** Rows of 6 columns whose largest elements are at the given ones. */
  private static Tensor largestAt(Backend backend, int... columns) {
    float[] values = new float[columns.length * 6];
    for (int row = 0; row < columns.length; row++) {
      values[row * 6 + columns[row]] = 1;
    }
    return Tensor.of(backend, values, Shape.of(columns.length, 6));
  }

  private static Void run(Runnable call) {
    call.run();
    return null;
  }
}
