package org.oncilla.tests.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Conv2dOptions;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Pool2dOptions;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.reference.ReferenceBackend;

/** Graphs in which values are used more than once, or not to the end. */
class CompositeGraphTest {
  private final Backend backend = new ReferenceBackend();
  private Scope scope;

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
    assertThat(backend.pool().statistics().liveBytes()).as("bytes left behind").isZero();
    backend.close();
  }

  static Stream<Arguments> graphs() {
    Draw draw = new Draw(21);
    List<HostTensor> one = List.of(draw.values(3, 4));
    List<HostTensor> positive = List.of(draw.positive(3, 4));
    List<HostTensor> two = List.of(draw.values(3, 4), draw.values(3, 4));
    return Stream.of(
        graph("x·x", one, x -> x[0].mul(x[0])),
        graph("x+x", one, x -> x[0].add(x[0])),
        graph("x−x²", one, x -> x[0].sub(x[0].square())),
        graph("x/x³", positive, x -> x[0].div(x[0].mul(x[0]).mul(x[0]))),
        graph("max(x, x²)", one, x -> x[0].maximum(x[0].square())),
        graph("x·xᵀ", one, x -> x[0].matmul(x[0], false, true)),
        graph("xᵀ·x", one, x -> x[0].matmul(x[0], true, false)),
        graph("a diamond", one, x -> diamond(x[0].tanh())),
        graph("nested diamonds", one, x -> diamond(diamond(diamond(x[0])))),
        graph("a sum's gradient handed on, then added to", two, x -> sumThenSquare(x, true)),
        graph("a square's gradient, then a sum's", two, x -> sumThenSquare(x, false)),
        graph("a sum of one value's views", one, x -> viewsOfOne(x[0])),
        graph("a value and its transpose", one, x -> x[0].matmul(x[0].transpose(0, 1))),
        graph("slices put together in another order", one, x -> reordered(x[0])),
        graph("overlapping slices", one, x -> x[0].slice(0, 0, 2).mul(x[0].slice(0, 1, 3))),
        graph("one tensor concatenated with itself", one, x -> Tensor.concat(1, x[0], x[0])),
        graph("a scalar used along every axis", two, x -> x[0].mul(x[1].mean()).add(x[1].sum(0))),
        graph("standardized columns", one, x -> standardized(x[0], 0)),
        graph("batch norm", List.of(draw.values(2, 3, 2, 2)), x -> standardized(x[0], 0, 2, 3)),
        graph("softmax by hand", one, x -> softmaxByHand(x[0])),
        graph(
            "a tied encoder", tied(draw), x -> x[0].matmul(x[1]).tanh().matmul(x[1], false, true)),
        graph("attention", attention(draw), CompositeGraphTest::attend),
        graph("a perceptron of three layers", perceptron(draw), CompositeGraphTest::classify),
        graph("a convolutional network", network(draw), CompositeGraphTest::recognize),
        graph("dropout twice with one mask", one, x -> dropped(x[0].mul(dropped(x[0])))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("graphs")
  void gradientsAreCentralDifferences(
      String name, List<HostTensor> inputs, OperationCase.Call call) {
    GradientCheck.of(inputs, call);
  }

  private static Arguments graph(String name, List<HostTensor> inputs, OperationCase.Call call) {
    return Arguments.of(name, inputs, call);
  }

  private static Tensor diamond(Tensor x) {
    return x.sigmoid().mul(x.square()).add(x);
  }

  private static Tensor sumThenSquare(Tensor[] x, boolean sumRunsFirst) {
    Tensor a = x[0].tanh();
    Tensor b = x[1].tanh();
    if (sumRunsFirst) {
      Tensor square = a.square();
      return a.add(b).add(square);
    }
    Tensor sum = a.add(b);
    return sum.add(a.square());
  }

  private static Tensor viewsOfOne(Tensor x) {
    Tensor y = x.exp();
    return y.reshape(12).add(y.reshape(12)).add(y.reshape(4, 3).reshape(-1));
  }

  private static Tensor reordered(Tensor x) {
    return Tensor.concat(0, x.slice(0, 2, 3), x.slice(0, 0, 1), x.slice(0, 0, 2).neg());
  }

  private static Tensor standardized(Tensor x, int... axes) {
    Tensor centered = x.sub(x.meanKeepingAxes(axes));
    Tensor variance = centered.square().meanKeepingAxes(axes);
    return centered.div(variance.add(1e-5).sqrt());
  }

  private static Tensor softmaxByHand(Tensor x) {
    Tensor powers = x.sub(x.max(1).reshape(3, 1)).exp();
    return powers.div(powers.sumKeepingAxes(1));
  }

  private static Tensor dropped(Tensor x) {
    return x.dropout(0.4, 5, 6);
  }

  private static List<HostTensor> tied(Draw draw) {
    return List.of(draw.values(4, 5), draw.values(5, 3));
  }

  private static List<HostTensor> attention(Draw draw) {
    return List.of(draw.values(2, 2, 3, 4), draw.values(2, 2, 5, 4), draw.values(2, 2, 5, 3));
  }

  private static Tensor attend(Tensor... x) {
    return x[0].matmul(x[1], false, true).div(2).softmax(-1).matmul(x[2]);
  }

  private static List<HostTensor> perceptron(Draw draw) {
    return List.of(
        draw.values(5, 3),
        draw.values(4, 3),
        draw.values(4),
        draw.values(4, 4),
        draw.values(4),
        draw.values(3, 4),
        draw.values(3));
  }

  private static Tensor classify(Tensor... x) {
    Tensor hidden = x[0].linear(x[1], x[2], UnaryOp.TANH).linear(x[3], x[4], UnaryOp.RELU);
    return crossEntropy(hidden.linear(x[5], x[6], UnaryOp.IDENTITY), 0, 2, 1, 1, 0).mean();
  }

  private static List<HostTensor> network(Draw draw) {
    return List.of(
        draw.values(2, 1, 8, 8),
        draw.values(3, 1, 3, 3),
        draw.values(3),
        draw.values(2, 3, 2, 2),
        draw.values(2),
        draw.values(4, 8),
        draw.values(4));
  }

  private static Tensor recognize(Tensor... x) {
    Conv2dOptions plain = Conv2dOptions.DEFAULT;
    Tensor maps = x[0].conv2d(x[1], x[2], plain, UnaryOp.TANH).maxPool2d(Pool2dOptions.of(2));
    Tensor pooled = maps.conv2d(x[3], x[4], plain.padding(1)).relu().avgPool2d(Pool2dOptions.of(2));
    Tensor flat = pooled.reshape(2, -1);
    return crossEntropy(flat.linear(x[5], x[6], UnaryOp.IDENTITY), 3, 1).mean();
  }

  private static Tensor crossEntropy(Tensor logits, int... labels) {
    try (Tensor targets = Tensor.ofInts(logits.backend(), labels, Shape.of(labels.length))) {
      return logits.crossEntropy(targets);
    }
  }

  @Test
  void gradientsOfTwoLossesAddUpUntilTheyAreZeroed() {
    Tensor x = leaf(1, 2, 3);
    x.square().sum().backward();
    x.mul(10).sum().backward();
    assertThat(x.gradient().toDoubleArray()).containsExactly(12, 14, 16);
    x.zeroGrad();
    assertThat(x.gradient().toDoubleArray()).containsExactly(0, 0, 0);
    x.mul(10).sum().backward();
    assertThat(x.gradient().toDoubleArray()).containsExactly(10, 10, 10);
  }

  @Test
  void noGradientFlowsThroughDetach() {
    Tensor x = leaf(2, 3);
    x.mul(x.detach()).sum().backward();
    assertThat(x.gradient().toDoubleArray()).containsExactly(2, 3);
    assertThat(x.detach().requiresGrad()).isFalse();
    assertThat(x.detach().toDoubleArray()).containsExactly(2, 3);
  }

  @Test
  void nothingIsRecordedWithinNoGrad() {
    Tensor x = leaf(2, 3);
    Tensor factor;
    try (NoGrad off = NoGrad.open()) {
      try (NoGrad nested = NoGrad.open()) {
        assertThat(x.square().requiresGrad()).isFalse();
      }
      factor = x.square();
    }
    assertThat(factor.requiresGrad()).isFalse();
    x.mul(factor).sum().backward();
    assertThat(x.gradient().toDoubleArray()).containsExactly(4, 9);
  }

  @Test
  void partsOfTheGraphThatTheLossDoesNotNeedGetNoGradient() {
    Tensor x = leaf(1, 2);
    Tensor unused = leaf(3, 4);
    unused.mul(x).sum();
    x.square().sum().backward();
    assertThat(unused.gradient()).isNull();
    assertThat(x.gradient().toDoubleArray()).containsExactly(2, 4);
  }

  @Test
  void tiesShareTheGradient() {
    Tensor x = leaf(3, 1, 3, 3);
    x.max().backward();
    assertThat(x.gradient().toDoubleArray()).containsExactly(1 / 3., 0, 1 / 3., 1 / 3.);
    Tensor a = leaf(1, 5, 2);
    Tensor b = leaf(1, 4, 3);
    a.maximum(b).sum().backward();
    assertThat(a.gradient().toDoubleArray()).containsExactly(0.5, 1, 0);
    assertThat(b.gradient().toDoubleArray()).containsExactly(0.5, 0, 1);
  }

  @Test
  void aMaximumInAWindowIsTheFirst() {
    Tensor x = Tensor.of(backend, new double[] {7, 7, 7, 7}, Shape.of(1, 1, 2, 2)).requireGrad();
    x.maxPool2d(Pool2dOptions.of(2)).sum().backward();
    assertThat(x.gradient().toDoubleArray()).containsExactly(1, 0, 0, 0);
  }

  @Test
  void gradientsGoToABoundSliceOfAnArena() {
    Tensor arena = Tensor.of(backend, new double[] {1, 2, 3, 4, 5}, Shape.of(5));
    Tensor gradients = Tensor.full(backend, Shape.of(5), 100);
    Tensor left = arena.slice(0, 0, 2).detach().requireGrad(gradients.slice(0, 0, 2));
    Tensor right = arena.slice(0, 2, 5).detach().requireGrad(gradients.slice(0, 2, 5));
    left.square().sum().add(right.mul(3).sum()).backward();
    assertThat(gradients.toDoubleArray()).containsExactly(102, 104, 103, 103, 103);
    left.zeroGrad();
    assertThat(gradients.toDoubleArray()).containsExactly(0, 0, 103, 103, 103);
  }

  @Test
  void bindingTheSameGradientAgainKeepsIt() {
    Tensor x = leaf(1, 2);
    Tensor gradient = Tensor.zeros(backend, Shape.of(2));
    x.requireGrad(gradient).requireGrad(gradient);
    x.square().sum().backward();
    assertThat(gradient.toDoubleArray()).containsExactly(2, 4);
  }

  @Test
  void theGivenGradientIsNotChanged() {
    Tensor x = leaf(1, 2);
    Tensor given = Tensor.of(backend, new double[] {3, 5}, Shape.of(2));
    Tensor y = x.exp();
    Tensor z = y.add(y.reshape(2));
    z.backward(given);
    assertThat(given.toDoubleArray()).containsExactly(3, 5);
    assertThat(x.gradient().toDoubleArray()[0]).isCloseTo(6 * Math.E, within(1e-12));
  }

  @Test
  void valuesOverwrittenBeforeBackwardAreAnErrorAndNotAWrongGradient() {
    Tensor x = Tensor.of(backend, new double[] {2, 3}, Shape.of(2)).requireGrad();
    Tensor loss = x.mul(x).sum();
    x.copyFrom(new double[] {10, 10});
    assertThatThrownBy(loss::backward)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("what multiply saved for it, of shape [2], was overwritten since")
        .hasMessageContaining("run forward again");
    assertThat(x.gradient()).isNull();
    x.mul(x).sum().backward();
    assertThat(x.gradient().toDoubleArray()).containsExactly(20, 20);
  }

  @Test
  void aLeafThatWasClosedGathersNothing() {
    Tensor x = leaf(1, 2);
    Tensor w = leaf(3, 4);
    Tensor loss = x.mul(w).sum();
    w.close();
    loss.backward();
    assertThat(x.gradient().toDoubleArray()).containsExactly(3, 4);
    assertThat(w.gradient()).isNull();
  }

  @Test
  void aChainOfManyOperationsNeedsNoStack() {
    Tensor x = leaf(0.5);
    Tensor y = x;
    for (int i = 0; i < 20_000; i++) {
      y = y.add(1e-4);
    }
    y.square().sum().backward();
    assertThat(x.gradient().item()).isCloseTo(5, within(1e-9));
  }

  @Test
  void threadsBuildGraphsOfTheirOwn() throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    double[] gradients = new double[8];
    Throwable[] failures = new Throwable[8];
    for (int i = 0; i < gradients.length; i++) {
      int number = i;
      Thread thread =
          new Thread(
              () -> {
                try (Scope own = Scope.open()) {
                  for (int step = 0; step < 200; step++) {
                    try (Scope inner = Scope.open()) {
                      Tensor x = leaf(number, number);
                      x.square().mean().backward();
                      gradients[number] = x.gradient().toDoubleArray()[1];
                    }
                  }
                }
              });
      thread.setUncaughtExceptionHandler((t, failure) -> failures[number] = failure);
      threads.add(thread);
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).containsOnlyNulls();
    assertThat(gradients).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
  }

  private Tensor leaf(double... values) {
    return Tensor.of(backend, values, Shape.of(values.length)).requireGrad();
  }
}
