package org.oncilla.tests.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oncilla.backend.Backend;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.reference.ReferenceBackend;

class GradientTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource("org.oncilla.tests.tensor.OperationCases#differentiable")
  void isTheCentralDifference(OperationCase operation) {
    GradientCheck.of(operation.inputs(), operation.call());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("org.oncilla.tests.tensor.OperationCases#differentiable")
  void flowsOnlyToInputsThatRequireIt(OperationCase operation) {
    try (Backend backend = new ReferenceBackend();
        Scope scope = Scope.open()) {
      for (int wanted = 0; wanted < operation.inputs().size(); wanted++) {
        Tensor[] all = operation.leavesOn(backend);
        Tensor[] one = operation.inputsOn(backend);
        one[wanted].requireGrad();
        operation.call().on(all).sum().backward();
        operation.call().on(one).sum().backward();
        for (int i = 0; i < one.length; i++) {
          if (i == wanted) {
            assertThat(one[i].gradient().toDoubleArray())
                .containsExactly(all[i].gradient().toDoubleArray());
          } else {
            assertThat(one[i].gradient()).isNull();
          }
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("org.oncilla.tests.tensor.OperationCases#all")
  void isNotRecordedWithoutNeed(OperationCase operation) {
    try (Backend backend = new ReferenceBackend();
        Scope scope = Scope.open()) {
      assertThat(operation.call().on(operation.inputsOn(backend)).requiresGrad()).isFalse();
      Tensor[] leaves = operation.leavesOn(backend);
      assertThat(operation.call().on(leaves).requiresGrad()).isEqualTo(operation.differentiable());
      try (NoGrad off = NoGrad.open()) {
        assertThat(operation.call().on(leaves).requiresGrad()).isFalse();
      }
    }
  }
}
