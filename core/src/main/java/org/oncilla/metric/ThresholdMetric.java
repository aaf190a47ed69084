package org.oncilla.metric;

import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * A metric of yes-or-no outputs: one is positive where it exceeds a threshold, a target where it
 * exceeds ½ (so that 0 and 1 will do as well as −1 and 1).
 */
abstract class ThresholdMetric extends DeferredMetric {
  /** Where probabilities are cut. */
  static final double HALF = 0.5;

  private final double threshold;

  ThresholdMetric(double threshold) {
    if (!Double.isFinite(threshold)) {
      throw new IllegalArgumentException(
          getClass().getSimpleName()
              + ": the threshold must be finite (0.5 for probabilities, 0 for logits), not "
              + threshold);
    }
    this.threshold = threshold;
  }

  final double threshold() {
    return threshold;
  }

  /** Counts an output of a sample. */
  abstract void count(int column, boolean predicted, boolean expected);

  /** Is told the number of outputs of a sample before one is counted. */
  void columns(int number) {}

  @Override
  protected final void requireFitting(Tensor output, Tensor target) {
    Fitting.requireSame(
        name(),
        "give the data set targets of 0 and 1, one for each output; for labels and one output a"
            + " class there are Accuracy and ConfusionMatrix",
        output,
        target);
    columns(Fitting.columns(output));
  }

  @Override
  protected final Tensor kept(Tensor output) {
    return output.gt(Tensor.full(output.backend(), Shape.SCALAR, threshold));
  }

  @Override
  protected final Tensor keptTarget(Tensor target) {
    return target.detach();
  }

  @Override
  protected final void count(Tensor output, Tensor target) {
    double[] predicted = output.toDoubleArray();
    double[] expected = target.toDoubleArray();
    int columns = Fitting.columns(output);
    for (int i = 0; i < predicted.length; i++) {
      count(i % columns, predicted[i] == 1, expected[i] > HALF);
    }
  }
}
