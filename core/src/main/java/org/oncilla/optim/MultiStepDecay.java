package org.oncilla.optim;

import java.util.Arrays;
import java.util.List;

/**
 * initial · factor<sup>k</sup>, k being how many of the milestones have passed: one fraction more
 * from each of them on. PyTorch's MultiStepLR.
 *
 * @param initial rate until the first milestone, above 0
 * @param factor at each milestone, in (0, 1]
 * @param milestones epochs, counted from 0, that begin with a lower rate: at least 1, each later
 *     than the one before
 */
public record MultiStepDecay(double initial, double factor, List<Integer> milestones)
    implements LearningRateSchedule {
  /** Checks the settings. */
  public MultiStepDecay {
    Rates.requireInitial("MultiStepDecay", initial);
    Rates.requireFactor("MultiStepDecay", factor);
    milestones = List.copyOf(milestones);
    int last = 0;
    for (int milestone : milestones) {
      if (milestone <= last) {
        throw new IllegalArgumentException(
            "MultiStepDecay: the milestones must be at least 1, each later than the one before,"
                + " not "
                + milestones);
      }
      last = milestone;
    }
  }

  /** The same with the milestones one by one. */
  public MultiStepDecay(double initial, double factor, int... milestones) {
    this(initial, factor, Arrays.stream(milestones).boxed().toList());
  }

  @Override
  public double rate(double time) {
    long passed = milestones.stream().filter(milestone -> milestone <= time).count();
    return initial * StrictMath.pow(factor, passed);
  }
}
