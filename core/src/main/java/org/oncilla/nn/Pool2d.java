package org.oncilla.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.oncilla.backend.PoolingShape;
import org.oncilla.tensor.Pool2dOptions;
import org.oncilla.tensor.Shape;

/** What max and average pooling share: windows over images [N, C, H, W]. */
abstract class Pool2d extends Module {
  private final Pool2dOptions options;

  Pool2d(Pool2dOptions options) {
    this.options = options;
  }

  final Pool2dOptions options() {
    return options;
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    Samples.requireImages(type(), input);
    PoolingShape shape = options.pooling(input.prepend(1));
    return Shape.of(input.size(0), shape.outHeight(), shape.outWidth());
  }

  @Override
  public ModuleConfig config() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("kernelSize", ModuleConfig.pair(options.kernelHeight(), options.kernelWidth()));
    settings.put("stride", ModuleConfig.pair(options.strideHeight(), options.strideWidth()));
    settings.put("padding", ModuleConfig.pair(options.padHeight(), options.padWidth()));
    if (!options.countPadding()) {
      settings.put("countPadding", false);
    }
    return ModuleConfig.of(type(), settings);
  }

  static Pool2dOptions options(ModuleConfig config) {
    int[] kernel = config.pair("kernelSize");
    int[] stride = config.pair("stride");
    int[] padding = config.pair("padding");
    return Pool2dOptions.of(kernel[0], kernel[1])
        .stride(stride[0], stride[1])
        .padding(padding[0], padding[1])
        .countPadding(config.flag("countPadding", true));
  }
}
