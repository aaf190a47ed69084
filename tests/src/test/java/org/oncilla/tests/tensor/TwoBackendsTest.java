package org.oncilla.tests.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Conv2dOptions;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.reference.ReferenceBackend;

/** Tensors of two backends in one operation, for every operation that takes more than one. */
class TwoBackendsTest {
  private static final UnaryOp NONE = UnaryOp.IDENTITY;

  static Stream<Arguments> operations() {
    return Stream.of(
        operation("add", Tensor::add),
        operation("subtract", Tensor::sub),
        operation("multiply", Tensor::mul),
        operation("divide", Tensor::div),
        operation("maximum", Tensor::maximum),
        operation("minimum", Tensor::minimum),
        operation("greater", Tensor::gt),
        operation("equal", Tensor::eq),
        operation("matmul", Tensor::matmul),
        operation("linear", (a, b) -> a.linear(b, null, NONE)),
        operation("linear", (a, b) -> a.linear(a, b.reshape(4).slice(0, 0, 2), NONE)),
        operation("concat", (a, b) -> Tensor.concat(0, a, b)),
        operation(
            "conv2d",
            (a, b) ->
                a.reshape(1, 1, 2, 2).conv2d(b.reshape(1, 1, 2, 2), null, Conv2dOptions.DEFAULT)),
        operation("crossEntropy", (a, b) -> a.crossEntropy(b.argmax(0))),
        operation("requireGrad", Tensor::requireGrad));
  }

  private static Arguments operation(String name, BiFunction<Tensor, Tensor, Tensor> operation) {
    return Arguments.of(name, operation);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void areAnError(String name, BiFunction<Tensor, Tensor, Tensor> operation) {
    try (Backend one = new ReferenceBackend();
        Backend other = new ReferenceBackend();
        Tensor a = Tensor.zeros(one, Shape.of(2, 2));
        Tensor b = Tensor.zeros(other, Shape.of(2, 2))) {
      long before = live(one) + live(other);
      try (org.oncilla.tensor.Scope scope = org.oncilla.tensor.Scope.open()) {
        assertThatThrownBy(() -> operation.apply(a, b))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining(name + ": the tensors live on two backends")
            .hasMessageContaining("2")
            .hasMessageContaining("on reference")
            .hasMessageContaining("create both on one backend");
      }
      assertThat(live(one) + live(other)).isEqualTo(before);
      assertThat(a.add(a).toDoubleArray()).as("still usable").containsOnly(0);
    }
  }

  private static long live(Backend backend) {
    return backend.pool().statistics().liveBytes();
  }
}
