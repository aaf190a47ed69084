package org.oncilla.nn;

import java.util.Map;
import org.oncilla.backend.UnaryOp;
import org.oncilla.tensor.Tensor;

/** x where x &gt; 0, else slope·x (Maas and others, 2013). */
public final class LeakyReLU extends Activation {
  private static final double USUAL_SLOPE = 0.01;

  private final double negativeSlope;

  /** The activation with a slope of 0.01 below 0. */
  public LeakyReLU() {
    this(USUAL_SLOPE);
  }

  /**
   * The activation with a slope of one's own.
   *
   * @param negativeSlope the slope below 0, finite and at least 0
   */
  public LeakyReLU(double negativeSlope) {
    super(UnaryOp.LEAKY_RELU, requireNotNegative("LeakyReLU: the slope below 0", negativeSlope));
    this.negativeSlope = negativeSlope;
  }

  /**
   * The function with slopes from a tensor, for them to be learnt or drawn: x·(m + slopes·(1 − m)),
   * where m is 1 for x &gt; 0 and else 0. The derivative at 0 is the slope, as in PyTorch, and +∞
   * stays +∞, which x − max(x, 0) would make NaN.
   *
   * @param slopes of any shape that broadcasts to x
   */
  static Tensor withSlopes(Tensor x, Tensor slopes) {
    try (Tensor values = x.detach();
        Tensor positive = values.step();
        Tensor minus = positive.neg();
        Tensor others = minus.add(1);
        Tensor below = others.mul(slopes);
        Tensor factors = positive.add(below)) {
      return x.mul(factors);
    }
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of("negativeSlope", negativeSlope));
  }

  static LeakyReLU create(ModuleConfig config) {
    return new LeakyReLU(config.number("negativeSlope"));
  }
}
