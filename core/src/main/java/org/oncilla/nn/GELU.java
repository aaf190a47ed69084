package org.oncilla.nn;

import org.oncilla.backend.UnaryOp;

/**
 * The Gaussian error linear unit x·Φ(x), with the standard normal distribution Φ itself and not its
 * approximation by tanh (Hendrycks and Gimpel, 2016).
 */
public final class GELU extends Activation {
  /** The activation; it has no settings. */
  public GELU() {
    super(UnaryOp.GELU);
  }

  static GELU create(ModuleConfig config) {
    return new GELU();
  }
}
