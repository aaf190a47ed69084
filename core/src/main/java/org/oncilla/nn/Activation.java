package org.oncilla.nn;

import java.util.Map;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * A function of each element. A {@link Sequential} folds it into the layer before, where it can.
 */
public abstract class Activation extends Module {
  private static final double NO_PARAMETER = 0;

  private final UnaryOp op;
  private final double alpha;

  /** An activation by one of the backends' functions that has no parameter. */
  protected Activation(UnaryOp op) {
    this(op, NO_PARAMETER);
  }

  /**
   * An activation by one of the backends' functions.
   *
   * @param alpha of ops that {@linkplain UnaryOp#takesAlpha() have a parameter}
   */
  protected Activation(UnaryOp op, double alpha) {
    this.op = op;
    this.alpha = alpha;
  }

  /** Demands a setting that is finite and at least 0. */
  static double requireNotNegative(String setting, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(setting + " must be finite and at least 0, not " + value);
    }
    return value;
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
    return input.map(op, alpha);
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of());
  }
}
