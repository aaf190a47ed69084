package org.oncilla.benchmarks.libtorch;

import org.bytedeco.pytorch.Tensor;
import org.oncilla.benchmarks.workload.MatmulWorkload;
import org.oncilla.benchmarks.workload.Task;
import org.oncilla.tensor.Shape;

/** Two matrices to multiply. */
final class MatmulTask implements Task {
  private final Tensor left;
  private final Tensor right;
  private Tensor product;

  MatmulTask(MatmulWorkload workload) {
    left = Tensors.inputs(Shape.of(workload.m(), workload.k()), 0);
    right = Tensors.inputs(Shape.of(workload.k(), workload.n()), 1);
  }

  @Override
  public void step() {
    freeResult();
    product = left.matmul(right);
  }

  @Override
  public double value() {
    return Tensors.meanSquare(product);
  }

  private void freeResult() {
    if (product != null) {
      product.close();
      product = null;
    }
  }

  @Override
  public void close() {
    freeResult();
    right.close();
    left.close();
  }
}
