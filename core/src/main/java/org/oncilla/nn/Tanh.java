package org.oncilla.nn;

import org.oncilla.backend.UnaryOp;

/** The hyperbolic tangent. */
public final class Tanh extends Activation {
  /** The activation; it has no settings. */
  public Tanh() {
    super(UnaryOp.TANH);
  }

  static Tanh create(ModuleConfig config) {
    return new Tanh();
  }
}
