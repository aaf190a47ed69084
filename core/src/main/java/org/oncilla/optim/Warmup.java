package org.oncilla.optim;

import java.util.Map;
import java.util.Set;

/**
 * Another schedule after a rate that rises in a line to where that begins (Goyal et al., "Accurate,
 * Large Minibatch SGD", 2017); PyTorch's SequentialLR of a LinearLR and the other:
 *
 * <pre>
 * after.rate(0)·(startFactor + (1 − startFactor)·time/epochs)    while time &lt; epochs
 * after.rate(time − epochs)                                      from then on
 * </pre>
 *
 * <p>A schedule that watches the validation is told of the epochs of the warm-up too.
 *
 * @param after what follows; its time is counted from the end of the warm-up
 * @param epochs length of the warm-up, above 0; 0.5 is half an epoch
 * @param startFactor share of the rate to begin with, in [0, 1]
 */
public record Warmup(LearningRateSchedule after, double epochs, double startFactor)
    implements LearningRateSchedule {
  /** Checks the settings. */
  public Warmup {
    if (after == null) {
      throw new IllegalArgumentException("Warmup: the schedule after the warm-up is missing");
    }
    if (!(epochs > 0 && epochs < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Warmup: the number of epochs must be finite and above 0, not " + epochs);
    }
    if (!(startFactor >= 0 && startFactor <= 1)) {
      throw new IllegalArgumentException(
          "Warmup: the start factor must be in [0, 1], not " + startFactor);
    }
  }

  /** From a third of the rate, as PyTorch's LinearLR. */
  public Warmup(LearningRateSchedule after, double epochs) {
    this(after, epochs, 1.0 / 3);
  }

  @Override
  public double rate(double time) {
    return time < epochs
        ? after.rate(0) * (startFactor + (1 - startFactor) * time / epochs)
        : after.rate(time - epochs);
  }

  /** Refuses a training that ends within the warm-up, and what {@link #after} refuses. */
  @Override
  public void requireFits(int trained, Set<String> measured) {
    if (epochs > trained) {
      throw new IllegalArgumentException(
          "Warmup: the warm-up of "
              + epochs
              + " epochs is longer than the training of "
              + trained
              + "; train longer, or warm up for less");
    }
    after.requireFits((int) Math.ceil(trained - epochs), measured);
  }

  @Override
  public void epochEnded(Map<String, Double> validation) {
    after.epochEnded(validation);
  }

  @Override
  public Map<String, String> state() {
    return after.state();
  }

  @Override
  public void restore(Map<String, String> saved) {
    after.restore(saved);
  }
}
