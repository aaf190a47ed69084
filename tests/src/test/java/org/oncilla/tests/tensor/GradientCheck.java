package org.oncilla.tests.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.oncilla.backend.Backend;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Tensor;
import org.oncilla.tests.reference.ReferenceBackend;

/**
 * Compares gradients with central differences, in double precision. The loss is the sum of the
 * results with random weights, so that a gradient that lands on the wrong element shows.
 *
 * <p>With steps of h = 1e-5, a difference is off by about h²/6 of the third derivative, and by the
 * rounding of the loss over h, both near 1e-10; the tolerance leaves room for steep functions.
 */
final class GradientCheck {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-7;
  private static final int ELEMENTS_TRIED = 40;

  private final Backend backend;
  private final List<HostTensor> inputs;
  private final OperationCase.Call call;
  private final HostTensor weights;

  private GradientCheck(Backend backend, List<HostTensor> inputs, OperationCase.Call call) {
    this.backend = backend;
    this.inputs = inputs;
    this.call = call;
    this.weights = new Draw(99).values(evaluate(inputs).sizes());
  }

  /**
   * Fails unless the gradients of a function with respect to all inputs are central differences,
   * add up over several runs of backward, and leave no memory behind.
   */
  static void of(List<HostTensor> inputs, OperationCase.Call call) {
    try (ReferenceBackend reference = new ReferenceBackend()) {
      GradientCheck check = new GradientCheck(reference, inputs, call);
      check.run();
      assertThat(reference.pool().statistics().liveBytes()).as("bytes left behind").isZero();
    }
  }

  private void run() {
    try (Scope scope = Scope.open()) {
      Tensor[] leaves =
          inputs.stream().map(input -> input.on(backend).requireGrad()).toArray(Tensor[]::new);
      Tensor weightsOnDevice = weights.on(backend);
      call.on(leaves).mul(weightsOnDevice).sum().backward();
      List<HostTensor> first = gradients(leaves);
      compareWithDifferences(first);
      call.on(leaves).backward(weightsOnDevice);
      compareWithTwice(first, gradients(leaves));
    }
  }

  private static List<HostTensor> gradients(Tensor[] leaves) {
    List<HostTensor> gradients = new ArrayList<>();
    for (Tensor leaf : leaves) {
      assertThat(leaf.gradient()).as("gradient of %s", leaf).isNotNull();
      assertThat(leaf.gradient().shape()).isEqualTo(leaf.shape());
      gradients.add(HostTensor.of(leaf.gradient()));
    }
    return gradients;
  }

  private void compareWithDifferences(List<HostTensor> gradients) {
    for (int i = 0; i < inputs.size(); i++) {
      int length = inputs.get(i).values().length;
      int stride = Math.max(1, length / ELEMENTS_TRIED);
      for (int at = 0; at < length; at += stride) {
        double expected = difference(i, at);
        assertThat(gradients.get(i).values()[at])
            .as("gradient of input %d at element %d", i, at)
            .isCloseTo(expected, within(TOLERANCE * (1 + Math.abs(expected))));
      }
    }
  }

  private static void compareWithTwice(List<HostTensor> first, List<HostTensor> second) {
    for (int i = 0; i < first.size(); i++) {
      for (int at = 0; at < first.get(i).values().length; at++) {
        double expected = 2 * first.get(i).values()[at];
        assertThat(second.get(i).values()[at])
            .as("gradient of input %d at element %d after a second backward", i, at)
            .isCloseTo(expected, within(1e-12 * (1 + Math.abs(expected))));
      }
    }
  }

  private double difference(int input, int at) {
    double value = inputs.get(input).values()[at];
    double above = loss(input, at, value + STEP);
    double below = loss(input, at, value - STEP);
    return (above - below) / (2 * STEP);
  }

  private double loss(int input, int at, double value) {
    List<HostTensor> changed = new ArrayList<>(inputs);
    changed.set(input, inputs.get(input).with(at, value));
    double[] results = evaluate(changed).values();
    double sum = 0;
    for (int i = 0; i < results.length; i++) {
      sum += results[i] * weights.values()[i];
    }
    return sum;
  }

  private HostTensor evaluate(List<HostTensor> values) {
    try (Scope scope = Scope.open()) {
      Tensor[] x = values.stream().map(input -> input.on(backend)).toArray(Tensor[]::new);
      return HostTensor.of(call.on(x));
    }
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.api.Assertions.within(offset);
  }
}
