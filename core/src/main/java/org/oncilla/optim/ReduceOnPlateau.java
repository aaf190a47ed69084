package org.oncilla.optim;

import java.util.Map;
import java.util.Set;

/**
 * Lowers the rate when the validation no longer gets better; PyTorch's ReduceLROnPlateau. After
 * each epoch, with the value that it watches:
 *
 * <pre>
 * better if  value &lt; best·(1 − threshold)    (watching a highest: value &gt; best·(1 + threshold))
 *            absolute: value &lt; best − threshold  (value &gt; best + threshold)
 * better:    best = value, bad = 0;  else bad = bad + 1
 * within a cooldown:  bad = 0
 * bad &gt; patience:     rate = max(rate·factor, leastRate), a cooldown begins, bad = 0
 * </pre>
 *
 * <p>It watches the loss on the validation data unless told otherwise. Its state is part of
 * checkpoints; an instance serves one training at a time, each of which begins it anew.
 */
public final class ReduceOnPlateau implements LearningRateSchedule {
  /** A smaller change of the rate is left out, as PyTorch's eps does. */
  private static final double LEAST_CHANGE = 1e-8;

  private static final String RATE = "rate";
  private static final String BEST = "best";
  private static final String BAD_EPOCHS = "bad_epochs";
  private static final String COOLDOWN = "cooldown";

  private final double initial;
  private double factor = 0.1;
  private int patience = 10;
  private double threshold = 1e-4;
  private boolean absolute;
  private int cooldown;
  private double leastRate;
  private String watched = LOSS;
  private boolean increasing;

  private double rate;
  private double best;
  private int badEpochs;
  private int cooldownLeft;

  /**
   * A schedule with PyTorch's defaults: factor 0.1, patience 10, threshold 10⁻⁴, no cooldown.
   *
   * @param initial rate to begin with, above 0
   */
  public ReduceOnPlateau(double initial) {
    Rates.requireInitial(name(), initial);
    this.initial = initial;
    restore(Map.of());
  }

  /** What the rate is multiplied by, in (0, 1). */
  public ReduceOnPlateau factor(double multiplier) {
    if (!(multiplier > 0 && multiplier < 1)) {
      throw new IllegalArgumentException(
          name() + ": the factor must be in (0, 1), not " + multiplier);
    }
    factor = multiplier;
    return this;
  }

  /** How many epochs in a row may be no better; the rate falls with the next one. At least 0. */
  public ReduceOnPlateau patience(int epochs) {
    patience = requireCount("patience", epochs);
    return this;
  }

  /** How much better, relative to the best, a value must be to count as better. In [0, 1). */
  public ReduceOnPlateau threshold(double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          name() + ": the threshold must be in [0, 1), not " + share);
    }
    threshold = share;
    absolute = false;
    return this;
  }

  /**
   * By how much better, whatever the best is, a value must be to count as better; for values that
   * may be 0 or negative, such as R². At least 0.
   */
  public ReduceOnPlateau absoluteThreshold(double difference) {
    if (!(difference >= 0 && difference < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          name() + ": the threshold must be finite and at least 0, not " + difference);
    }
    threshold = difference;
    absolute = true;
    return this;
  }

  /** How many epochs after a reduction do not count as bad. At least 0. */
  public ReduceOnPlateau cooldown(int epochs) {
    cooldown = requireCount("cooldown", epochs);
    return this;
  }

  /** The rate below which it does not fall, from 0 to the initial one. */
  public ReduceOnPlateau leastRate(double least) {
    if (!(least >= 0 && least <= initial)) {
      throw new IllegalArgumentException(
          name() + ": the least rate must be in [0, " + initial + "], not " + least);
    }
    leastRate = least;
    return this;
  }

  /** Watches a metric on the validation data that is to grow, such as {@code accuracy}. */
  public ReduceOnPlateau watchHighest(String metric) {
    return watch(metric, true);
  }

  /** Watches a metric on the validation data that is to fall, such as a mean absolute error. */
  public ReduceOnPlateau watchLowest(String metric) {
    return watch(metric, false);
  }

  private ReduceOnPlateau watch(String metric, boolean isToGrow) {
    watched = metric;
    increasing = isToGrow;
    restore(Map.of());
    return this;
  }

  @Override
  public double rate(double time) {
    return rate;
  }

  @Override
  public void requireFits(int epochs, Set<String> measured) {
    if (measured.isEmpty()) {
      throw new IllegalArgumentException(
          name()
              + ": watches the validation's "
              + watched
              + ", but there is no validation data; pass it to fit");
    }
    if (!measured.contains(watched)) {
      throw new IllegalArgumentException(
          name()
              + ": watches the validation's "
              + watched
              + ", but measured are "
              + measured.stream().sorted().toList()
              + "; pass the metric to the trainer");
    }
  }

  @Override
  public void epochEnded(Map<String, Double> validation) {
    requireFits(0, validation.keySet());
    double value = validation.get(watched);
    if (isBetter(value)) {
      best = value;
      badEpochs = 0;
    } else {
      badEpochs++;
    }
    if (cooldownLeft > 0) {
      cooldownLeft--;
      badEpochs = 0;
    }
    if (badEpochs > patience) {
      double lower = Math.max(rate * factor, leastRate);
      rate = rate - lower > LEAST_CHANGE ? lower : rate;
      cooldownLeft = cooldown;
      badEpochs = 0;
    }
  }

  private boolean isBetter(double value) {
    if (Double.isInfinite(best)) {
      return !Double.isNaN(value); // the first value, or the first after values that are none
    }
    double margin = absolute ? threshold : best * threshold;
    return increasing ? value > best + margin : value < best - margin;
  }

  @Override
  public Map<String, String> state() {
    return Map.of(
        RATE,
        Double.toString(rate),
        BEST,
        Double.toString(best),
        BAD_EPOCHS,
        Integer.toString(badEpochs),
        COOLDOWN,
        Integer.toString(cooldownLeft));
  }

  @Override
  public void restore(Map<String, String> saved) {
    if (saved.isEmpty()) {
      rate = initial;
      best = increasing ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      badEpochs = 0;
      cooldownLeft = 0;
      return;
    }
    try {
      rate = Double.parseDouble(entry(saved, RATE));
      best = Double.parseDouble(entry(saved, BEST));
      badEpochs = Integer.parseInt(entry(saved, BAD_EPOCHS));
      cooldownLeft = Integer.parseInt(entry(saved, COOLDOWN));
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          name() + ": the saved state " + saved + " holds what is no number", malformed);
    }
  }

  private static String entry(Map<String, String> saved, String key) {
    String text = saved.get(key);
    if (text == null) {
      throw new IllegalArgumentException(
          name() + ": the saved state lacks " + key + "; it holds " + saved.keySet());
    }
    return text;
  }

  private static int requireCount(String what, int epochs) {
    if (epochs < 0) {
      throw new IllegalArgumentException(
          name() + ": the " + what + " must be at least 0 epochs, not " + epochs);
    }
    return epochs;
  }

  private static String name() {
    return "ReduceOnPlateau";
  }
}
