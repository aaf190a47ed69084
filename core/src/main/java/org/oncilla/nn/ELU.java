package org.oncilla.nn;

import java.util.Map;
import org.oncilla.backend.UnaryOp;

/**
 * The exponential linear unit, x where x &gt; 0, else α·(e<sup>x</sup> − 1) (Clevert and others,
 * 2016).
 */
public final class ELU extends Activation {
  private final double alpha;

  /** The activation with α = 1. */
  public ELU() {
    this(1);
  }

  /**
   * The activation with an α of one's own.
   *
   * @param alpha what the function tends to below 0, negated; finite and at least 0
   */
  public ELU(double alpha) {
    super(UnaryOp.ELU, requireNotNegative("ELU: alpha", alpha));
    this.alpha = alpha;
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of("alpha", alpha));
  }

  static ELU create(ModuleConfig config) {
    return new ELU(config.number("alpha"));
  }
}
