package org.oncilla.benchmarks.oncilla;

import org.oncilla.backend.Backend;
import org.oncilla.benchmarks.workload.InferenceWorkload;
import org.oncilla.benchmarks.workload.Network;
import org.oncilla.benchmarks.workload.RandomValues;
import org.oncilla.benchmarks.workload.Task;
import org.oncilla.nn.Module;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** A network and one batch that it classifies. */
final class InferenceTask implements Task {
  private final Module model;
  private final Tensor inputs;
  private float[] logits;

  InferenceTask(Backend backend, InferenceWorkload workload) {
    Network network = workload.network();
    Shape shape = network.input().prepend(workload.batch());
    model = network.layers().get().initialize(backend, network.input(), 0);
    model.parameters().values().copyFrom(TrainingTask.weights(model));
    model.eval();
    inputs = Tensor.of(backend, RandomValues.inputs(shape.length(), 0), shape);
  }

  @Override
  public int parameterCount() {
    return model.parameters().count();
  }

  @Override
  public void step() {
    try (Scope scope = Scope.open();
        NoGrad off = NoGrad.open()) {
      logits = model.forward(inputs).toFloatArray();
    }
  }

  @Override
  public double value() {
    return RandomValues.meanSquare(logits);
  }

  @Override
  public void close() {
    inputs.close();
    model.close();
  }
}
