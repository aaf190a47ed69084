package org.oncilla.optim;

import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Up to a large rate and down to a tiny one within a training (Smith and Topin,
 * "Super-Convergence", 2019), in the two phases of PyTorch's OneCycleLR, both half waves of a
 * cosine:
 *
 * <pre>
 * peak = pctStart·epochs
 * max/divFactor  →  max                              from time 0 to the peak
 * max            →  max/(divFactor·finalDivFactor)   from the peak to time epochs
 * </pre>
 *
 * <p>PyTorch reaches the last rate with the last step; here it is that of the training's end, one
 * step later. The momentum is not cycled.
 *
 * @param max largest rate, above 0
 * @param epochs of the training, at least 1
 * @param pctStart share of the time in which the rate rises, in (0, 1)
 * @param divFactor of the largest rate over the first, at least 1
 * @param finalDivFactor of the first rate over the last, above 0
 */
public record OneCycle(
    double max, int epochs, double pctStart, double divFactor, double finalDivFactor)
    implements LearningRateSchedule {
  private static final Logger LOG = LoggerFactory.getLogger(OneCycle.class);

  /** Checks the settings. */
  public OneCycle {
    Rates.requireInitial("OneCycle", max);
    Rates.requireEpochs("OneCycle", epochs);
    if (!(pctStart > 0 && pctStart < 1)) {
      throw new IllegalArgumentException(
          "OneCycle: pctStart, the share of the time in which the rate rises, must be in (0, 1),"
              + " not "
              + pctStart);
    }
    if (!(divFactor >= 1 && divFactor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "OneCycle: divFactor must be finite and at least 1, not " + divFactor);
    }
    if (!(finalDivFactor > 0 && finalDivFactor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "OneCycle: finalDivFactor must be finite and above 0, not " + finalDivFactor);
    }
  }

  /** With PyTorch's defaults: pctStart 0.3, divFactor 25, finalDivFactor 10⁴. */
  public OneCycle(double max, int epochs) {
    this(max, epochs, 0.3, 25, 1e4);
  }

  @Override
  public double rate(double time) {
    double done = Math.min(time / epochs, 1);
    double first = max / divFactor;
    return done < pctStart
        ? Rates.cosine(first, max, done / pctStart)
        : Rates.cosine(max, first / finalDivFactor, (done - pctStart) / (1 - pctStart));
  }

  /**
   * Refuses a training that goes on after the cycle, where the rate is too small to learn. Of one
   * that ends before the cycle, which another call of fit may complete, it warns in the log.
   */
  @Override
  public void requireFits(int trained, Set<String> measured) {
    if (trained > epochs) {
      throw new IllegalArgumentException(
          "OneCycle: the cycle ends after "
              + epochs
              + " epochs, but the training has "
              + trained
              + "; make the cycle as long as the training");
    }
    if (trained < epochs) {
      LOG.warn(
          "OneCycle: the cycle has {} epochs, but this training ends after {}, before the rate has"
              + " fallen; make the cycle as long as the training, unless it is to go on",
          epochs,
          trained);
    }
  }
}
