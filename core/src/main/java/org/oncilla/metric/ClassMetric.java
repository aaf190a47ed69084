package org.oncilla.metric;

import org.oncilla.tensor.Tensor;

/**
 * A metric of predicted classes: two small integers of each sample wait on the device. Logits and
 * probabilities are alike to it, since the first largest output decides.
 */
abstract class ClassMetric extends DeferredMetric {
  private int classes;

  /** Counts a sample. */
  abstract void count(int predicted, int label);

  /** Is told the number of classes before a sample is counted. */
  void classes(int number) {}

  @Override
  protected final void requireFitting(Tensor output, Tensor target) {
    Fitting.requireSeveralOutputs(name(), output);
    Fitting.requireClasses(name(), output, target);
    int given = output.shape().size(Fitting.CLASSES);
    if (classes != 0 && classes != given) {
      throw new IllegalArgumentException(
          name()
              + ": outputs of "
              + given
              + " classes after outputs of "
              + classes
              + "; call reset() between models");
    }
    classes(given);
    classes = given;
  }

  @Override
  protected final Tensor kept(Tensor output) {
    return output.argmax(Fitting.CLASSES);
  }

  @Override
  protected final Tensor keptTarget(Tensor target) {
    return Fitting.labels(target);
  }

  @Override
  protected final void count(Tensor output, Tensor target) {
    int[] predicted = output.toIntArray();
    int[] labels = target.toIntArray();
    for (int row = 0; row < labels.length; row++) {
      if (Fitting.counts(name(), labels[row], classes)) {
        count(predicted[row], labels[row]);
      }
    }
  }

  @Override
  protected void forget() {
    classes = 0;
  }
}
