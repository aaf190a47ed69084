package org.oncilla.nn;

import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** Each sample as one row: [N, C, H, W] becomes [N, C·H·W]. A view. */
public final class Flatten extends Module {
  @Override
  protected Shape build(BuildContext context, Shape input) {
    return Shape.of(input.length());
  }

  @Override
  public Tensor forward(Tensor input) {
    return input.reshape(input.shape().size(0), -1);
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of());
  }

  static Flatten create(ModuleConfig config) {
    return new Flatten();
  }
}
