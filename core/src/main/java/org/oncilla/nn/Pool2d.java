package org.oncilla.nn;

import java.util.Map;
import org.oncilla.backend.PoolingShape;
import org.oncilla.tensor.Pool2dOptions;
import org.oncilla.tensor.Shape;

/** What max and average pooling share: square windows over images [N, C, H, W]. */
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
    if (input.rank() != 3) {
      throw new IllegalArgumentException(type() + " needs images, [C, H, W], but gets " + input);
    }
    PoolingShape shape =
        new PoolingShape(
            1,
            input.size(0),
            input.size(1),
            input.size(2),
            options.kernelHeight(),
            options.kernelWidth(),
            options.strideHeight(),
            options.strideWidth(),
            options.padHeight(),
            options.padWidth());
    return Shape.of(input.size(0), shape.outHeight(), shape.outWidth());
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(
        type(),
        Map.of(
            "kernelSize", options.kernelHeight(),
            "stride", options.strideHeight(),
            "padding", options.padHeight()));
  }
}
