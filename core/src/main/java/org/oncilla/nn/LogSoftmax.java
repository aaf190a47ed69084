package org.oncilla.nn;

import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** Logarithms of probabilities along the last axis, x − ln Σ e<sup>x</sup>. */
public final class LogSoftmax extends Module {
  @Override
  protected Shape build(BuildContext context, Shape input) {
    return input;
  }

  @Override
  public Tensor forward(Tensor input) {
    return input.logSoftmax(-1);
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of());
  }

  static LogSoftmax create(ModuleConfig config) {
    return new LogSoftmax();
  }
}
