package org.oncilla.nn;

import org.oncilla.backend.UnaryOp;

/**
 * The sigmoid linear unit x / (1 + e<sup>−x</sup>), also called swish (Elfwing and others, 2017).
 */
public final class SiLU extends Activation {
  /** The activation; it has no settings. */
  public SiLU() {
    super(UnaryOp.SILU);
  }

  static SiLU create(ModuleConfig config) {
    return new SiLU();
  }
}
