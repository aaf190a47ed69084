package org.oncilla.benchmarks.libtorch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.oncilla.benchmarks.workload.ConvolutionWorkload;
import org.oncilla.benchmarks.workload.Task;
import org.oncilla.tensor.Shape;

/** Images to convolve, and the gradient that comes back. */
final class ConvolutionTask implements Task {
  private final boolean backward;
  private final long[] stride;
  private final long[] padding;
  private final long[] dilation = {1, 1};
  private final Tensor images;
  private final Tensor kernels;
  private final Tensor bias;
  private final Tensor outputGradient;
  private final List<Tensor> results = new ArrayList<>();

  ConvolutionTask(ConvolutionWorkload w) {
    backward = w.backward();
    stride = new long[] {w.stride(), w.stride()};
    padding = new long[] {w.padding(), w.padding()};
    images = Tensors.inputs(Shape.of(w.batch(), w.channels(), w.size(), w.size()), 0);
    kernels = Tensors.inputs(Shape.of(w.filters(), w.channels(), w.kernel(), w.kernel()), 1);
    bias = Tensors.inputs(Shape.of(w.filters()), 2);
    Shape output = Shape.of(w.batch(), w.filters(), w.outputSize(), w.outputSize());
    outputGradient = Tensors.inputs(output, 3);
  }

  @Override
  public void step() {
    freeResults();
    try (PointerScope scope = new PointerScope()) {
      if (backward) {
        forwardAndBackward();
      } else {
        try (NoGradGuard off = new NoGradGuard()) {
          keep(convolve(images, kernels, bias));
        }
      }
    }
  }

  /** New leaves over the same values each time: their gradients are stored, not added to others. */
  private void forwardAndBackward() {
    Tensor x = images.detach().requires_grad_();
    Tensor w = kernels.detach().requires_grad_();
    Tensor b = bias.detach().requires_grad_();
    Tensor output = keep(convolve(x, w, b));
    output.backward(outputGradient, new BoolOptional(), false, new TensorArrayRefOptional());
    keep(x.grad());
    keep(w.grad());
    keep(b.grad());
  }

  private Tensor convolve(Tensor x, Tensor w, Tensor b) {
    return torch.conv2d(x, w, new TensorOptional(b), stride, padding, dilation, 1);
  }

  /** Lets a tensor live until the next step. */
  private Tensor keep(Tensor tensor) {
    results.add(tensor.retainReference());
    return tensor;
  }

  @Override
  public double value() {
    return results.stream().mapToDouble(Tensors::meanSquare).sum();
  }

  private void freeResults() {
    results.forEach(Tensor::close);
    results.clear();
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
