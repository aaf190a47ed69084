package org.oncilla.train;

/** The loss became NaN or infinite, and training stopped. */
public final class NonFiniteLossException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int epoch;
  private final int step;

  NonFiniteLossException(int epoch, int step, double loss, double learningRate) {
    super(
        "training stopped: the loss of epoch "
            + epoch
            + ", step "
            + step
            + " is "
            + loss
            + "; the weights are back where that epoch began. Lower the learning rate (now "
            + learningRate
            + "), and check the inputs for NaN");
    this.epoch = epoch;
    this.step = step;
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
