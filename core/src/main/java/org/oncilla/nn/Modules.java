package org.oncilla.nn;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Builds modules again from their {@linkplain Module#config() configurations}. */
public final class Modules {
  private static final Map<String, Function<ModuleConfig, Module>> FACTORIES =
      new ConcurrentHashMap<>();

  static {
    register(
        "Sequential", c -> new Sequential(c.children().stream().map(Modules::create).toList()));
    register("Linear", c -> new Linear(c.integer("outFeatures")).bias(c.flag("bias")));
    register("Conv2d", Modules::conv2d);
    register(
        "MaxPool2d",
        c -> new MaxPool2d(c.integer("kernelSize"), c.integer("stride"), c.integer("padding")));
    register(
        "AvgPool2d",
        c -> new AvgPool2d(c.integer("kernelSize"), c.integer("stride"), c.integer("padding")));
    register("Flatten", c -> new Flatten());
    register("ReLU", c -> new ReLU());
    register("Tanh", c -> new Tanh());
    register("Sigmoid", c -> new Sigmoid());
    register("Softmax", c -> new Softmax());
    register("Dropout", c -> new Dropout(c.number("probability")));
  }

  private Modules() {}

  /**
   * Teaches how to build a module of one's own from its configuration.
   *
   * @param type the {@link ModuleConfig#type()}
   * @param factory makes the module from its settings
   */
  public static void register(String type, Function<ModuleConfig, Module> factory) {
    FACTORIES.put(type, factory);
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

  private static Module conv2d(ModuleConfig config) {
    return new Conv2d(config.integer("outChannels"), config.integer("kernelSize"))
        .stride(config.integer("stride"))
        .padding(config.integer("padding"))
        .dilation(config.integer("dilation"))
        .groups(config.integer("groups"))
        .bias(config.flag("bias"));
  }
}
