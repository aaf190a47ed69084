package org.oncilla.tests.tensor;

import java.util.List;
import org.oncilla.backend.Backend;
import org.oncilla.tensor.Tensor;

/**
 * An operation with inputs, and the same in plain Java.
 *
 * @param name what it is, for messages
 * @param inputs the values to call it with
 * @param call the operation
 * @param formula what it must give
 * @param differentiable whether gradients flow
 */
record OperationCase(
    String name, List<HostTensor> inputs, Call call, Formula formula, boolean differentiable) {

  @FunctionalInterface
  interface Call {
    Tensor on(Tensor... x);
  }

  @FunctionalInterface
  interface Formula {
    HostTensor of(HostTensor... x);
  }

  OperationCase(String name, List<HostTensor> inputs, Call call, Formula formula) {
    this(name, inputs, call, formula, true);
  }

  HostTensor expected() {
    return formula.of(inputs.toArray(new HostTensor[0]));
  }

  /** The inputs as tensors. */
  Tensor[] inputsOn(Backend backend) {
    return inputs.stream().map(input -> input.on(backend)).toArray(Tensor[]::new);
  }

  /** The inputs as tensors that require gradients. */
  Tensor[] leavesOn(Backend backend) {
    return inputs.stream().map(input -> input.on(backend).requireGrad()).toArray(Tensor[]::new);
  }

  @Override
  public String toString() {
    return name;
  }
}
