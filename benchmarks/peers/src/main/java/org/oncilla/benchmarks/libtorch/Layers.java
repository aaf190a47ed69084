package org.oncilla.benchmarks.libtorch;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AvgPool2dImpl;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.FlattenImpl;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.MaxPool2dImpl;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.ReLUImpl;
import org.bytedeco.pytorch.SequentialImpl;
import org.bytedeco.pytorch.TanhImpl;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.oncilla.benchmarks.workload.Network;
import org.oncilla.benchmarks.workload.RandomValues;
import org.oncilla.nn.Module;
import org.oncilla.nn.ModuleConfig;
import org.oncilla.tensor.Shape;

/** A network in libtorch's own layers. Its whole forward is one native call. */
final class Layers implements AutoCloseable {
  private final SequentialImpl sequence = new SequentialImpl();
  private final TensorVector parameters; // its elements are references into it
  private final float[] initialWeights;

  /** Builds a network and gives it the weights that every library starts from. */
  Layers(Network network) {
    Module described = network.layers().get();
    List<ModuleConfig> configs = described.config().children();
    List<Shape> outputs =
        described.summary(network.input()).layers().stream()
            .filter(layer -> !layer.name().isEmpty())
            .map(layer -> layer.output())
            .toList();
    Shape input = network.input();
    for (int i = 0; i < configs.size(); i++) {
      push(configs.get(i), input);
      input = outputs.get(i);
    }
    parameters = sequence.parameters();
    initialWeights = RandomValues.weights(Stream.of(parameters.get()).map(Tensors::shape).toList());
    reset();
  }

  private void push(ModuleConfig config, Shape input) {
    switch (config.type()) {
      case "Conv2d" -> sequence.push_back(convolution(config, input.size(0)));
      case "Linear" ->
          sequence.push_back(new LinearImpl(input.length(), config.integer("outFeatures")));
      case "MaxPool2d" -> pushMaxPool(new MaxPool2dImpl(window(config)));
      case "AvgPool2d" -> pushAvgPool(new AvgPool2dImpl(window(config)));
      case "ReLU" -> sequence.push_back(new ReLUImpl());
      case "Tanh" -> sequence.push_back(new TanhImpl());
      case "Flatten" -> sequence.push_back(new FlattenImpl());
      default -> throw unknown(config);
    }
  }

  /** Unlike other layers, a pool is not shared with the sequence but passes into its possession. */
  private void pushMaxPool(MaxPool2dImpl pool) {
    sequence.push_back(pool);
    pool.deallocate(false);
  }

  private void pushAvgPool(AvgPool2dImpl pool) {
    sequence.push_back(pool);
    pool.deallocate(false);
  }

  private static Conv2dImpl convolution(ModuleConfig config, int inChannels) {
    require(config, "dilation", 1);
    require(config, "groups", 1);
    Conv2dOptions options =
        new Conv2dOptions(
            inChannels, config.integer("outChannels"), pair(config.integer("kernelSize")));
    options.stride().put(pair(config.integer("stride")));
    options.padding().put(pair(config.integer("padding")));
    return new Conv2dImpl(options);
  }

  private static LongPointer window(ModuleConfig config) {
    require(config, "stride", config.integer("kernelSize"));
    require(config, "padding", 0);
    return pair(config.integer("kernelSize"));
  }

  private static LongPointer pair(long value) {
    return new LongPointer(value, value);
  }

  private static void require(ModuleConfig config, String setting, int value) {
    if (config.integer(setting) != value) {
      throw new IllegalArgumentException(
          config.type()
              + " with "
              + setting
              + " "
              + config.integer(setting)
              + " is not translated for libtorch yet; extend Layers");
    }
  }

  private static IllegalArgumentException unknown(ModuleConfig config) {
    return new IllegalArgumentException(
        config.type() + " is not translated for libtorch yet; extend Layers");
  }

  Tensor forward(Tensor input) {
    return sequence.forward(input);
  }

  /** The weights, layer by layer. */
  TensorVector parameters() {
    return parameters;
  }

  int parameterCount() {
    return initialWeights.length;
  }

  /** Goes back to the initial weights. */
  void reset() {
    int offset = 0;
    for (Tensor parameter : parameters.get()) {
      int end = offset + Math.toIntExact(parameter.numel());
      float[] part = Arrays.copyOfRange(initialWeights, offset, end);
      try (PointerScope scope = new PointerScope();
          NoGradGuard off = new NoGradGuard()) {
        parameter.copy_(Tensors.of(part, Tensors.shape(parameter)));
      }
      offset = end;
    }
  }

  @Override
  public void close() {
    parameters.close();
    sequence.close();
  }
}
