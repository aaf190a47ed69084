package org.oncilla.benchmarks.oncilla;

import org.oncilla.backend.Backend;
import org.oncilla.benchmarks.workload.MatmulWorkload;
import org.oncilla.benchmarks.workload.RandomValues;
import org.oncilla.benchmarks.workload.Task;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** Two matrices to multiply. */
final class MatmulTask implements Task {
  private final Backend backend;
  private final Tensor left;
  private final Tensor right;
  private Tensor product;

  MatmulTask(Backend backend, MatmulWorkload workload) {
    this.backend = backend;
    Shape leftShape = Shape.of(workload.m(), workload.k());
    Shape rightShape = Shape.of(workload.k(), workload.n());
    left = Tensor.of(backend, RandomValues.inputs(leftShape.length(), 0), leftShape);
    right = Tensor.of(backend, RandomValues.inputs(rightShape.length(), 1), rightShape);
  }

  @Override
  public void step() {
    Tensor previous = product;
    if (previous != null) {
      previous.close();
    }
    product = left.matmul(right);
    backend.synchronize();
  }

  @Override
  public double value() {
    return RandomValues.meanSquare(product.toFloatArray());
  }

  @Override
  public void close() {
    if (product != null) {
      product.close();
    }
    right.close();
    left.close();
  }
}
