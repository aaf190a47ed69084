package org.oncilla.nn;

import java.util.Map;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * The randomized leaky ReLU (Xu and others, 2015): x where x &gt; 0, else a·x. In training every
 * element draws a slope a of its own, uniform in [lower, upper); in evaluation a is their mean,
 * (lower + upper) / 2.
 */
public final class RReLU extends Module {
  private static final double USUAL_LOWER = 1.0 / 8;
  private static final double USUAL_UPPER = 1.0 / 3;

  private final double lower;
  private final double upper;
  private RandomStreams streams;

  /** The activation with slopes between 1/8 and 1/3. */
  public RReLU() {
    this(USUAL_LOWER, USUAL_UPPER);
  }

  /**
   * The activation with slopes of one's own.
   *
   * @param lower the smallest slope below 0, finite and at least 0
   * @param upper the largest one, at least as large
   */
  public RReLU(double lower, double upper) {
    this.lower = Activation.requireNotNegative("RReLU: the smallest slope", lower);
    this.upper = Activation.requireNotNegative("RReLU: the largest slope", upper);
    if (lower > upper) {
      throw new IllegalArgumentException(
          "RReLU: the smallest slope, " + lower + ", is larger than the largest, " + upper);
    }
  }

  @Override
  protected Shape build(BuildContext context, Shape input) {
    streams = context.streams();
    return input;
  }

  @Override
  public Tensor forward(Tensor input) {
    if (!isTraining()) {
      return input.leakyRelu((lower + upper) / 2);
    }
    try (Tensor slopes = streams.uniform(input, lower, upper)) {
      return LeakyReLU.withSlopes(input, slopes);
    }
  }

  @Override
  public ModuleConfig config() {
    return ModuleConfig.of(type(), Map.of("lower", lower, "upper", upper));
  }

  static RReLU create(ModuleConfig config) {
    return new RReLU(config.number("lower"), config.number("upper"));
  }
}
