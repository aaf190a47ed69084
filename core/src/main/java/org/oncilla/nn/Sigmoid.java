package org.oncilla.nn;

import org.oncilla.backend.UnaryOp;

/** 1 / (1 + e<sup>−x</sup>). */
public final class Sigmoid extends Activation {
  /** The activation; it has no settings. */
  public Sigmoid() {
    super(UnaryOp.SIGMOID);
  }

  static Sigmoid create(ModuleConfig config) {
    return new Sigmoid();
  }
}
