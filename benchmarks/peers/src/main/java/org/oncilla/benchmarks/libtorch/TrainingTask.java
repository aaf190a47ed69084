package org.oncilla.benchmarks.libtorch;

import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.oncilla.benchmarks.workload.Network;
import org.oncilla.benchmarks.workload.RandomValues;
import org.oncilla.benchmarks.workload.Task;
import org.oncilla.benchmarks.workload.TrainingWorkload;

/** A network and one batch that it learns. */
final class TrainingTask implements Task {
  private final Layers layers;
  private final Map<String, String> optimizerSettings;
  private final Tensor inputs;
  private final Tensor labels;
  private Optimizer optimizer;
  private float lossValue = Float.NaN;

  TrainingTask(TrainingWorkload workload) {
    Network network = workload.network();
    layers = new Layers(network);
    optimizerSettings = network.optimizer().get().settings();
    inputs = Tensors.inputs(network.input().prepend(network.batch()), 0);
    int[] classes = RandomValues.labels(network.batch(), network.classes());
    labels = Tensor.create(IntStream.of(classes).asLongStream().toArray(), classes.length);
    optimizer = newOptimizer();
  }

  private Optimizer newOptimizer() {
    TensorVector parameters = layers.parameters();
    String type = optimizerSettings.get("type");
    return switch (type) {
      case "adam" -> new Adam(parameters, adamOptions());
      case "sgd" -> new SGD(parameters, sgdOptions());
      default ->
          throw new IllegalArgumentException(
              "the optimizer " + type + " is not translated for libtorch yet");
    };
  }

  private AdamOptions adamOptions() {
    AdamOptions options = new AdamOptions(setting("learning_rate"));
    requireDefault("beta1", 0.9); // JavaCPP cannot tell which of the two it would set
    requireDefault("beta2", 0.999);
    options.eps().put(setting("epsilon"));
    options.weight_decay().put(setting("weight_decay"));
    return options;
  }

  private SGDOptions sgdOptions() {
    SGDOptions options = new SGDOptions(setting("learning_rate"));
    options.momentum().put(setting("momentum"));
    options.dampening().put(setting("dampening"));
    options.weight_decay().put(setting("weight_decay"));
    options.nesterov().put(Boolean.parseBoolean(optimizerSettings.get("nesterov")));
    return options;
  }

  private void requireDefault(String name, double value) {
    if (setting(name) != value) {
      throw new IllegalArgumentException(
          "Adam with " + name + " " + setting(name) + " is not translated for libtorch yet");
    }
  }

  private double setting(String name) {
    return Double.parseDouble(optimizerSettings.get(name));
  }

  @Override
  public int parameterCount() {
    return layers.parameterCount();
  }

  @Override
  public void reset() {
    layers.reset();
    optimizer.close();
    optimizer = newOptimizer();
  }

  @Override
  public void step() {
    try (PointerScope scope = new PointerScope()) {
      optimizer.zero_grad();
      Tensor loss = torch.cross_entropy_loss(layers.forward(inputs), labels);
      loss.backward();
      optimizer.step();
      lossValue = loss.item_float();
    }
  }

  @Override
  public double value() {
    return lossValue;
  }

  @Override
  public void close() {
    optimizer.close();
    labels.close();
    inputs.close();
    layers.close();
  }
}
