package org.oncilla.benchmarks.oncilla;

import org.oncilla.backend.Backend;
import org.oncilla.benchmarks.workload.Network;
import org.oncilla.benchmarks.workload.RandomValues;
import org.oncilla.benchmarks.workload.Task;
import org.oncilla.benchmarks.workload.TrainingWorkload;
import org.oncilla.loss.CrossEntropyLoss;
import org.oncilla.loss.Loss;
import org.oncilla.nn.Module;
import org.oncilla.nn.ParameterArena;
import org.oncilla.optim.Optimizer;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** A network and one batch that it learns. */
final class TrainingTask implements Task {
  private final Module model;
  private final Optimizer optimizer;
  private final Loss loss = new CrossEntropyLoss();
  private final Tensor inputs;
  private final Tensor labels;
  private final float[] initialWeights;
  private double lossValue = Double.NaN;

  TrainingTask(Backend backend, TrainingWorkload workload) {
    Network network = workload.network();
    int batch = network.batch();
    Shape shape = network.input().prepend(batch);
    model = network.layers().get().initialize(backend, network.input(), 0);
    optimizer = network.optimizer().get();
    optimizer.attach(model.parameters());
    initialWeights = weights(model);
    inputs = Tensor.of(backend, RandomValues.inputs(shape.length(), 0), shape);
    labels = Tensor.ofInts(backend, RandomValues.labels(batch, network.classes()), Shape.of(batch));
    reset();
  }

  /** The weights that every library starts from. */
  static float[] weights(Module model) {
    return RandomValues.weights(
        model.parameters().list().stream()
            .map(parameter -> new RandomValues.Named(parameter.name(), parameter.shape()))
            .toList());
  }

  @Override
  public int parameterCount() {
    return model.parameters().count();
  }

  @Override
  public void reset() {
    ParameterArena parameters = model.parameters();
    parameters.values().copyFrom(initialWeights);
    Backend backend = parameters.values().backend();
    optimizer.state().values().forEach(state -> backend.elementwise().fill(state.span(), 0));
    optimizer.restoreSteps(0);
  }

  @Override
  public void step() {
    try (Scope scope = Scope.open()) {
      model.parameters().zeroGrad();
      Tensor output = model.forward(inputs);
      Tensor mean = loss.forward(output, labels);
      mean.backward();
      optimizer.step();
      lossValue = mean.item();
    }
  }

  @Override
  public double value() {
    return lossValue;
  }

  @Override
  public void close() {
    labels.close();
    inputs.close();
    optimizer.close();
    model.close();
  }
}
