package org.oncilla.nn;

import org.oncilla.backend.UnaryOp;

/** x/6 + 1/2, limited to [0, 1]: a sigmoid of straight lines. */
public final class HardSigmoid extends Activation {
  /** The activation; it has no settings. */
  public HardSigmoid() {
    super(UnaryOp.HARD_SIGMOID);
  }

  static HardSigmoid create(ModuleConfig config) {
    return new HardSigmoid();
  }
}
