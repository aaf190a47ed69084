package org.oncilla.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.oncilla.tensor.Pool1dOptions;
import org.oncilla.tensor.Shape;

/** What max and average pooling of sequences [N, C, L] share. */
abstract class Pool1d extends Module {
  private final Pool1dOptions options;

  Pool1d(Pool1dOptions options) {
    this.options = options;
  }

  final Pool1dOptions options() {
    return options;
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    Samples.requireSequences(type(), input);
    return Shape.of(input.size(0), options.pooling(input.prepend(1)).outWidth());
  }

  @Override
  public ModuleConfig config() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("kernelSize", options.kernel());
    settings.put("stride", options.stride());
    settings.put("padding", options.padding());
    if (!options.countPadding()) {
      settings.put("countPadding", false);
    }
    return ModuleConfig.of(type(), settings);
  }

  static Pool1dOptions options(ModuleConfig config) {
    return new Pool1dOptions(
        config.integer("kernelSize"),
        config.integer("stride"),
        config.integer("padding"),
        config.flag("countPadding", true));
  }
}
