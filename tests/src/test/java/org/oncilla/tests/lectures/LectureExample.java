package org.oncilla.tests.lectures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.oncilla.backend.Backend;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.TestBackends;
import org.oncilla.tests.TestBackends.TestBackend;

/**
 * What the examples share. Each runs on every backend; figures hold to six decimals on the
 * reference backend, which computes in double precision, and to 5·10⁻⁶ in single precision.
 *
 * <p>Weights follow one convention: a layer computes x·Wᵀ + b with W of shape [outputs, inputs],
 * and a batch holds one sample a row.
 */
abstract class LectureExample {
  Backend backend;
  double precision;
  private Scope scope;

  static List<TestBackend> backends() {
    return TestBackends.present();
  }

  @BeforeEach
  void open() {
    scope = Scope.open();
  }

  @AfterEach
  void close() {
    scope.close();
  }

  /** Chooses where the example computes. */
  final void on(TestBackend target) {
    backend = target.backend();
    precision = target.isDouble() ? 5e-7 : 5e-6;
  }

  final Tensor scalar(double value) {
    return Tensor.of(backend, new double[] {value}, Shape.SCALAR);
  }

  final Tensor vector(double... values) {
    return Tensor.of(backend, values, Shape.of(values.length));
  }

  final Tensor matrix(int rows, int columns, double... values) {
    return Tensor.of(backend, values, Shape.of(rows, columns));
  }

  /** One step of gradient descent: each leaf moves against its gradient, which starts anew. */
  final void descend(double learningRate, Tensor... leaves) {
    for (Tensor leaf : leaves) {
      Tensor moved = leaf.detach().sub(leaf.gradient().mul(learningRate));
      leaf.copyFrom(moved.toDoubleArray());
      leaf.zeroGrad();
    }
  }

  final void assertValues(Tensor actual, double... expected) {
    assertThat(actual.toDoubleArray()).containsExactly(expected, within(precision));
  }

  final void assertValue(double actual, double expected) {
    assertThat(actual).isCloseTo(expected, within(precision));
  }
}
