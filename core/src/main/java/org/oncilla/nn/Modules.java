package org.oncilla.nn;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Builds modules again from their {@linkplain Module#config() configurations}. */
public final class Modules {
  private static final Map<String, Function<ModuleConfig, Module>> FACTORIES =
      new ConcurrentHashMap<>();
  private static final Set<String> BUILT_IN;

  static {
    register("AdaptiveAvgPool1d", AdaptiveAvgPool1d::create);
    register("AdaptiveAvgPool2d", AdaptiveAvgPool2d::create);
    register("AvgPool1d", AvgPool1d::create);
    register("AvgPool2d", AvgPool2d::create);
    register("BatchNorm1d", BatchNorm1d::create);
    register("BatchNorm2d", BatchNorm2d::create);
    register("Concat", Concat::create);
    register("Conv1d", Conv1d::create);
    register("Conv2d", Conv2d::create);
    register("ConvTranspose2d", ConvTranspose2d::create);
    register("Dropout", Dropout::create);
    register("ELU", ELU::create);
    register("Embedding", Embedding::create);
    register("Flatten", Flatten::create);
    register("GELU", GELU::create);
    register("GlobalAvgPool2d", GlobalAvgPool2d::create);
    register("Graph", Graph::create);
    register("GroupNorm", GroupNorm::create);
    register("HardSigmoid", HardSigmoid::create);
    register("Identity", Identity::create);
    register("LayerNorm", LayerNorm::create);
    register("LeakyReLU", LeakyReLU::create);
    register("Linear", Linear::create);
    register("LogSoftmax", LogSoftmax::create);
    register("MaxPool1d", MaxPool1d::create);
    register("MaxPool2d", MaxPool2d::create);
    register("MinMaxScaler", MinMaxScaler::create);
    register("PReLU", PReLU::create);
    register("Permute", Permute::create);
    register("RReLU", RReLU::create);
    register("ReLU", ReLU::create);
    register("Reshape", Reshape::create);
    register("Residual", Residual::create);
    register("SELU", SELU::create);
    register("Sequential", Sequential::create);
    register("SiLU", SiLU::create);
    register("Sigmoid", Sigmoid::create);
    register("Softmax", Softmax::create);
    register("Softplus", Softplus::create);
    register("StandardScaler", StandardScaler::create);
    register("Step", Step::create);
    register("Tanh", Tanh::create);
    register("Upsample", Upsample::create);
    register("ZeroPad2d", ZeroPad2d::create);
    BUILT_IN = Set.copyOf(FACTORIES.keySet());
  }

  private Modules() {}

  /**
   * Teaches how to build a module of one's own from its configuration. A name that was registered
   * before gets the new factory.
   *
   * @param type the {@link ModuleConfig#type()}
   * @param factory makes the module from its settings
   * @throws IllegalArgumentException if it is the name of one of the library's modules, which saved
   *     models mean by it
   */
  public static void register(String type, Function<ModuleConfig, Module> factory) {
    if (BUILT_IN != null && BUILT_IN.contains(type)) {
      throw new IllegalArgumentException(
          "Modules.register: \""
              + type
              + "\" is a module of the library, and saved models mean that one by it; choose"
              + " another name, and give it in config() too: ModuleConfig.of(\"My"
              + type
              + "\", …)");
    }
    FACTORIES.put(type, Objects.requireNonNull(factory, "factory"));
  }

  /**
   * Builds a module from its configuration, without weights.
   *
   * @throws IllegalArgumentException if the type is unknown or a setting is missing
   */
  public static Module create(ModuleConfig config) {
    Function<ModuleConfig, Module> factory = FACTORIES.get(config.type());
    if (factory == null) {
      throw new IllegalArgumentException(
          "unknown module type \""
              + config.type()
              + "\"; the known ones are "
              + new TreeMap<>(FACTORIES).keySet()
              + ", and Modules.register adds others");
    }
    return factory.apply(config);
  }
}
