package org.oncilla.train;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** A loss or the weights became NaN or infinite, and training stopped. */
public final class NonFiniteLossException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int epoch;
  private final int step;

  /**
   * A training that diverged.
   *
   * @param what was not finite, such as "the loss"
   * @param value that it had
   * @param epoch counted from 1
   * @param step within the epoch, counted from 1
   * @param learningRate of the last step
   */
  NonFiniteLossException(String what, double value, int epoch, int step, double learningRate) {
    super(
        "training stopped: "
            + what
            + " of epoch "
            + epoch
            + ", step "
            + step
            + " is "
            + value
            + "; the weights are back where that epoch began. Lower the learning rate (now "
            + shortened(learningRate)
            + "), and check the inputs for NaN");
    this.epoch = epoch;
    this.step = step;
  }

  /** Four digits at most: 0.035 or 1e+9. */
  private static String shortened(double rate) {
    return new BigDecimal(rate)
        .round(new MathContext(4))
        .stripTrailingZeros()
        .toString()
        .toLowerCase(Locale.ROOT);
  }

  /** The epoch, counted from 1. */
  public int epoch() {
    return epoch;
  }

  /** The step within the epoch, counted from 1. */
  public int step() {
    return step;
  }
}
