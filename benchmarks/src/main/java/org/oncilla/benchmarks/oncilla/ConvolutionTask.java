package org.oncilla.benchmarks.oncilla;

import java.util.ArrayList;
import java.util.List;
import org.oncilla.backend.Backend;
import org.oncilla.benchmarks.workload.ConvolutionWorkload;
import org.oncilla.benchmarks.workload.RandomValues;
import org.oncilla.benchmarks.workload.Task;
import org.oncilla.tensor.Conv2dOptions;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** Images to convolve, and the gradient that comes back. */
final class ConvolutionTask implements Task {
  private final Backend backend;
  private final boolean backward;
  private final Conv2dOptions options;
  private final Tensor images;
  private final Tensor kernels;
  private final Tensor bias;
  private final Tensor outputGradient;
  private final List<Tensor> leaves = new ArrayList<>();
  private Tensor output;

  ConvolutionTask(Backend backend, ConvolutionWorkload w) {
    this.backend = backend;
    this.backward = w.backward();
    this.options = Conv2dOptions.DEFAULT.stride(w.stride()).padding(w.padding());
    images = values(Shape.of(w.batch(), w.channels(), w.size(), w.size()), 0);
    kernels = values(Shape.of(w.filters(), w.channels(), w.kernel(), w.kernel()), 1);
    bias = values(Shape.of(w.filters()), 2);
    outputGradient = values(Shape.of(w.batch(), w.filters(), w.outputSize(), w.outputSize()), 3);
  }

  private Tensor values(Shape shape, int stream) {
    return Tensor.of(backend, RandomValues.inputs(shape.length(), stream), shape);
  }

  @Override
  public void step() {
    freeResults();
    if (backward) {
      output = leaf(images).conv2d(leaf(kernels), leaf(bias), options);
      output.backward(outputGradient);
    } else {
      try (NoGrad off = NoGrad.open()) {
        output = images.conv2d(kernels, bias, options);
      }
    }
    backend.synchronize();
  }

  /** A new leaf over the same values each time: its gradient is stored, not added to another. */
  private Tensor leaf(Tensor values) {
    Tensor leaf = values.detach().requireGrad();
    leaves.add(leaf);
    return leaf;
  }

  @Override
  public double value() {
    double sum = RandomValues.meanSquare(output.toFloatArray());
    for (Tensor leaf : leaves) {
      sum += RandomValues.meanSquare(leaf.gradient().toFloatArray());
    }
    return sum;
  }

  private void freeResults() {
    leaves.forEach(Tensor::close);
    leaves.clear();
    if (output != null) {
      output.close();
      output = null;
    }
  }

  @Override
  public void close() {
    freeResults();
    outputGradient.close();
    bias.close();
    kernels.close();
    images.close();
  }
}
