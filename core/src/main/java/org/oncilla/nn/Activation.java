package org.oncilla.nn;

import java.util.Map;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * A function of each element. A {@link Sequential} folds it into the layer before, where it can.
 */
public abstract class Activation extends Module {
  private final UnaryOp op;

  /** An activation by one of the backends' functions. */
  protected Activation(UnaryOp op) {
    this.op = op;
  }

  /** The function. */
  public final UnaryOp op() {
    return op;
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    return input;
  }

  @Override
  public Tensor forward(Tensor input) {
    return input.map(op);
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of());
  }
}
