package org.oncilla.nn;

import org.oncilla.backend.UnaryOp;

/** ln(1 + e<sup>x</sup>), a smooth ReLU (Dugas and others, 2000). */
public final class Softplus extends Activation {
  /** The activation; it has no settings. */
  public Softplus() {
    super(UnaryOp.SOFTPLUS);
  }

  static Softplus create(ModuleConfig config) {
    return new Softplus();
  }
}
