package org.oncilla.nn;

import org.oncilla.backend.UnaryOp;

/**
 * 1 where x &gt; 0, else 0: the activation of the perceptron (Rosenblatt, 1958). Its derivative is
 * 0 everywhere, so nothing below it learns by gradients.
 */
public final class Step extends Activation {
  /** The activation; it has no settings. */
  public Step() {
    super(UnaryOp.STEP);
  }

  static Step create(ModuleConfig config) {
    return new Step();
  }
}
