package org.oncilla.benchmarks.libtorch;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AvgPool2dImpl;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
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
import org.oncilla.nn.ModuleConfig;
import org.oncilla.nn.Modules;
import org.oncilla.tensor.Shape;

/**
 * A network in libtorch's own layers. What follows one another is one native call; a residual block
 * is one for its body, one for its shortcut and one for their sum.
 */
final class Layers implements AutoCloseable {
  private static final String WEIGHT = "weight";
  private static final String BIAS = "bias";

  private final List<SequentialImpl> sequences = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final UnaryOperator<Tensor> network;
  private final TensorVector parameters = new TensorVector(); // its elements are references
  private final float[] initialWeights;

  /** Builds a network and gives it the weights that every library starts from. */
  Layers(Network described) {
    network = new Chain(described.input()).add(described.layers().get().config()).end();
    for (SequentialImpl sequence : sequences) {
      try (TensorVector own = sequence.parameters()) {
        Stream.of(own.get()).forEach(parameters::push_back);
      }
    }
    Tensor[] all = parameters.get();
    initialWeights =
        RandomValues.weights(
            IntStream.range(0, all.length)
                .mapToObj(i -> new RandomValues.Named(names.get(i), Tensors.shape(all[i])))
                .toList());
    reset();
  }

  /** Layers one after the other, as they are added. */
  private final class Chain {
    private UnaryOperator<Tensor> done = UnaryOperator.identity();
    private SequentialImpl sequence;
    private Shape shape;

    /**
     * An empty one.
     *
     * @param input shape of one sample
     */
    Chain(Shape input) {
      shape = input;
    }

    Chain add(ModuleConfig config) {
      switch (config.type()) {
        case "Sequential" -> config.children().forEach(this::add);
        case "Residual" -> addResidual(config.children());
        default -> {
          push(config);
          shape = Modules.create(config).summary(shape).layers().get(0).output();
        }
      }
      return this;
    }

    private void addResidual(List<ModuleConfig> ways) {
      UnaryOperator<Tensor> before = end();
      Chain body = new Chain(shape).add(ways.get(0));
      UnaryOperator<Tensor> longWay = body.end();
      UnaryOperator<Tensor> shortWay =
          ways.size() == 1 ? UnaryOperator.identity() : new Chain(shape).add(ways.get(1)).end();
      shape = body.shape;
      done =
          input -> {
            Tensor x = before.apply(input);
            return longWay.apply(x).add(shortWay.apply(x));
          };
      sequence = null;
    }

    /** All that was added. */
    UnaryOperator<Tensor> end() {
      if (sequence == null) {
        return done;
      }
      SequentialImpl last = sequence;
      UnaryOperator<Tensor> before = done;
      return input -> last.forward(before.apply(input));
    }

    private SequentialImpl sequence() {
      if (sequence == null) {
        sequence = new SequentialImpl();
        sequences.add(sequence);
      }
      return sequence;
    }

    private void push(ModuleConfig config) {
      switch (config.type()) {
        case "Conv2d" -> sequence().push_back(convolution(config, shape.size(0)));
        case "BatchNorm2d" -> sequence().push_back(normalization(config, shape.size(0)));
        case "Linear" -> {
          sequence().push_back(new LinearImpl(shape.length(), config.integer("outFeatures")));
          names.addAll(List.of(WEIGHT, BIAS));
        }
        case "MaxPool2d" -> pushMaxPool(new MaxPool2dImpl(window(config)));
        case "AvgPool2d" -> pushAvgPool(new AvgPool2dImpl(window(config)));
        case "GlobalAvgPool2d" -> {
          pushAvgPool(new AvgPool2dImpl(new LongPointer(shape.size(1), shape.size(2))));
          sequence().push_back(new FlattenImpl());
        }
        case "ReLU" -> sequence().push_back(new ReLUImpl());
        case "Tanh" -> sequence().push_back(new TanhImpl());
        case "Flatten" -> sequence().push_back(new FlattenImpl());
        default -> throw unknown(config);
      }
    }

    /** Unlike other layers, a pool is not shared with the sequence but passes to it altogether. */
    private void pushMaxPool(MaxPool2dImpl pool) {
      sequence().push_back(pool);
      pool.deallocate(false);
    }

    private void pushAvgPool(AvgPool2dImpl pool) {
      sequence().push_back(pool);
      pool.deallocate(false);
    }
  }

  private Conv2dImpl convolution(ModuleConfig config, int inChannels) {
    require(config, "dilation", 1);
    require(config, "groups", 1);
    Conv2dOptions options =
        new Conv2dOptions(
            inChannels, config.integer("outChannels"), pair(config.integer("kernelSize")));
    options.stride().put(pair(config.integer("stride")));
    options.padding().put(pair(config.integer("padding")));
    options.bias().put(config.flag("bias"));
    names.add(WEIGHT);
    if (config.flag("bias")) {
      names.add(BIAS);
    }
    return new Conv2dImpl(options);
  }

  private BatchNorm2dImpl normalization(ModuleConfig config, int channels) {
    BatchNormOptions options = new BatchNormOptions(channels);
    options.eps().put(config.number("eps"));
    if (config.number("momentum") != 0.1 || !config.flag("affine")) {
      throw unknown(config);
    }
    names.addAll(List.of(WEIGHT, BIAS));
    return new BatchNorm2dImpl(options);
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
    return network.apply(input);
  }

  /** Switches from training to evaluation. */
  void eval() {
    sequences.forEach(SequentialImpl::eval);
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
    sequences.forEach(SequentialImpl::close);
  }
}
