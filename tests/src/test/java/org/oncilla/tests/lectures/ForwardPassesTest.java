package org.oncilla.tests.lectures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.UnaryOp;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.Sequential;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends.TestBackend;

/** Forward passes by hand, computation graphs, and counting parameters. */
class ForwardPassesTest extends LectureExample {
  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void xorByHand(TestBackend target) {
    on(target);
    Tensor x = matrix(4, 2, 0, 0, 1, 0, 0, 1, 1, 1);
    Tensor hidden = x.linear(matrix(2, 2, 1, 1, 1, 1), vector(0, -1), UnaryOp.RELU);
    assertValues(hidden, 0, 0, 1, 0, 1, 0, 2, 1);
    assertValues(hidden.matmul(matrix(2, 1, 1, -2)), 0, 1, 1, 0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void threeSigmoidLayers(TestBackend target) {
    on(target);
    Tensor x = matrix(1, 2, 1, -1);
    Tensor first = x.linear(matrix(2, 2, 1, -2, -1, 1), vector(1, 0), UnaryOp.SIGMOID);
    Tensor second = first.linear(matrix(2, 2, 2, -1, -2, -1), vector(0, 0), UnaryOp.SIGMOID);
    Tensor third = second.linear(matrix(2, 2, 3, -1, -1, 4), vector(-2, 2), UnaryOp.SIGMOID);
    assertValues(first, 0.982014, 0.119203);
    assertValues(second, 0.863518, 0.110737);
    assertValues(third, 0.617705, 0.829124);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("backends")
  void aComputationGraph(TestBackend target) {
    on(target);
    Tensor x = scalar(-2).requireGrad();
    Tensor y = scalar(5).requireGrad();
    Tensor z = scalar(-4).requireGrad();
    Tensor f = x.add(y).mul(z);
    f.backward();
    assertValues(f, -12);
    assertValues(x.gradient(), -4);
    assertValues(y.gradient(), -4);
    assertValues(z.gradient(), 3);
  }

  /** A dense layer has (inputs + 1)·units parameters; counting them needs no device. */
  @Test
  void parameterCounts() {
    assertThat(new Sequential(new Linear(4), new Linear(2)).summary(Shape.of(3)).parameters())
        .isEqualTo(26);
    int m = 17;
    Module net = new Sequential(new Linear(3), new Linear(2), new Linear(1));
    assertThat(net.summary(Shape.of(m)).parameters()).isEqualTo(3 * m + 14);
    Module isItANine = new Sequential(new Linear(100), new Linear(20), new Linear(1));
    assertThat(isItANine.summary(Shape.of(4096)).parameters()).isEqualTo(411_741);
  }
}
