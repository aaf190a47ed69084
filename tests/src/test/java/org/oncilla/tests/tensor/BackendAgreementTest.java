package org.oncilla.tests.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;
import org.oncilla.tests.reference.ReferenceBackend;

/**
 * Every operation gives the formula's values and the reference's gradients on every backend. The
 * inputs are at most 2.5 and the sums at most some hundred terms long, so an error of {@value
 * #SINGLE} of the largest value of a result is what single precision may lose; kernels are judged
 * more closely by the conformance tests.
 */
class BackendAgreementTest {
  private static final double SINGLE = 2e-5;
  private static final double DOUBLE = 1e-12;

  static Stream<Arguments> everywhere() {
    return TestBackends.present().stream()
        .flatMap(backend -> OperationCases.all().map(each -> Arguments.of(backend, each)));
  }

  static Stream<Arguments> differentiable() {
    return TestBackends.present().stream()
        .filter(backend -> !backend.isDouble())
        .flatMap(
            backend -> OperationCases.differentiable().map(each -> Arguments.of(backend, each)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("everywhere")
  void valuesAreTheFormulas(TestBackend target, OperationCase operation) {
    HostTensor expected = operation.expected();
    try (Scope scope = Scope.open()) {
      Tensor actual = operation.call().on(operation.inputsOn(target.backend()));
      assertThat(actual.shape().sizes()).as("shape").containsExactly(expected.sizes());
      compare("value", HostTensor.of(actual), expected, target.isDouble() ? DOUBLE : SINGLE);
    }
  }

  @ParameterizedTest(name = "{0}: {1}", allowZeroInvocations = true)
  @MethodSource("differentiable")
  void gradientsAreTheReferences(TestBackend target, OperationCase operation) {
    List<HostTensor> actual = gradients(target.backend(), operation);
    List<HostTensor> expected;
    try (Backend reference = new ReferenceBackend()) {
      expected = gradients(reference, operation);
    }
    for (int i = 0; i < expected.size(); i++) {
      compare("gradient of input " + i, actual.get(i), expected.get(i), SINGLE);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("everywhere")
  void runsRepeatBitByBit(TestBackend target, OperationCase operation) {
    try (Scope scope = Scope.open()) {
      Tensor[] inputs = operation.inputsOn(target.backend());
      double[] first = operation.call().on(inputs).toDoubleArray();
      assertThat(operation.call().on(inputs).toDoubleArray()).containsExactly(first);
    }
  }

  private static List<HostTensor> gradients(Backend backend, OperationCase operation) {
    try (Scope scope = Scope.open()) {
      Tensor[] leaves = operation.leavesOn(backend);
      Tensor result = operation.call().on(leaves);
      result.backward(new Draw(98).values(result.shape().sizes()).on(backend));
      List<HostTensor> gradients = new ArrayList<>();
      for (Tensor leaf : leaves) {
        gradients.add(HostTensor.of(leaf.gradient()));
      }
      return gradients;
    }
  }

  private static void compare(
      String what, HostTensor actual, HostTensor expected, double tolerance) {
    double allowed = tolerance * Math.max(1, expected.largestMagnitude());
    for (int i = 0; i < expected.values().length; i++) {
      assertThat(actual.values()[i])
          .as("%s at element %d", what, i)
          .isCloseTo(expected.values()[i], within(allowed));
    }
  }
}
