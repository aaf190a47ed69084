package org.oncilla.benchmarks.libtorch;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.oncilla.benchmarks.workload.InferenceWorkload;
import org.oncilla.benchmarks.workload.RandomValues;
import org.oncilla.benchmarks.workload.Task;

/** A network and one batch that it classifies. */
final class InferenceTask implements Task {
  private final Layers layers;
  private final Tensor inputs;
  private float[] logits;

  InferenceTask(InferenceWorkload workload) {
    layers = new Layers(workload.network());
    layers.eval();
    inputs = Tensors.inputs(workload.network().input().prepend(workload.batch()), 0);
  }

  @Override
  public int parameterCount() {
    return layers.parameterCount();
  }

  @Override
  public void step() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard off = new NoGradGuard()) {
      logits = Tensors.values(layers.forward(inputs));
    }
  }

  @Override
  public double value() {
    return RandomValues.meanSquare(logits);
  }

  @Override
  public void close() {
    inputs.close();
    layers.close();
  }
}
