package org.oncilla.nn;

import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Probabilities along the last axis. Not for the end of a classifier that trains with {@link
 * org.oncilla.loss.CrossEntropyLoss}, which takes logits.
 */
public final class Softmax extends Module {
  @Override
  protected Shape build(BuildContext context, Shape input) {
    return input;
  }

  @Override
  public Tensor forward(Tensor input) {
    return input.softmax(-1);
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of());
  }

  static Softmax create(ModuleConfig config) {
    return new Softmax();
  }
}
