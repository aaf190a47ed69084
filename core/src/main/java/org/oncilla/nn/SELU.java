package org.oncilla.nn;

import org.oncilla.backend.UnaryOp;

/**
 * The scaled exponential linear unit, λ·x where x &gt; 0, else λ·α·(e<sup>x</sup> − 1), with the λ
 * = 1.0507 and α = 1.6733 that keep mean 0 and variance 1 from layer to layer (Klambauer and
 * others, 2017); its weights start by {@link Initializers#leCunNormal}.
 */
public final class SELU extends Activation {
  /** The activation; it has no settings. */
  public SELU() {
    super(UnaryOp.SELU);
  }

  static SELU create(ModuleConfig config) {
    return new SELU();
  }
}
