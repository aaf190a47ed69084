package org.oncilla.nn;

import org.oncilla.backend.UnaryOp;

/** max(x, 0). */
public final class ReLU extends Activation {
  /** The activation; it has no settings. */
  public ReLU() {
    super(UnaryOp.RELU);
  }

  static ReLU create(ModuleConfig config) {
    return new ReLU();
  }
}
