package org.oncilla.metric;

import org.oncilla.backend.DType;
import org.oncilla.tensor.Tensor;

/** The checks of shapes and labels that metrics share. */
final class Fitting {
  private Fitting() {}

  /** The axis of classes. */
  static final int CLASSES = 1;

  /** Refuses one output a sample: it is always the largest. */
  static void requireSeveralOutputs(String metric, Tensor output) {
    if (output.shape().rank() >= 2 && output.shape().size(CLASSES) == 1) {
      throw new IllegalArgumentException(
          metric
              + ": the outputs of shape "
              + output.shape()
              + " have one column, which is always the largest; for a yes or no use"
              + " BinaryAccuracy.ofLogits() or BinaryAccuracy.ofProbabilities(), for regression"
              + " RSquared");
    }
  }

  /**
   * Demands [N, C, …], with class labels [N, …], or with a distribution over the classes [N, C, …].
   */
  static void requireClasses(String metric, Tensor output, Tensor target) {
    boolean fits =
        output.shape().rank() >= 2
            && (isLabels(target)
                ? target.shape().equals(output.shape().without(CLASSES))
                : target.shape().equals(output.shape()));
    if (!fits) {
      throw new IllegalArgumentException(
          metric
              + ": needs outputs [N, C, …] with class labels [N, …] (INT32) or probabilities of the"
              + " outputs' shape, but the outputs have shape "
              + output.shape()
              + " and the targets, which are "
              + (isLabels(target) ? "labels" : "values")
              + ", have shape "
              + target.shape());
    }
  }

  /** Demands values of one shape, at least one for each sample. */
  static void requireSame(String metric, String remedy, Tensor output, Tensor target) {
    if (isLabels(target) || output.shape().rank() == 0 || !target.shape().equals(output.shape())) {
      throw new IllegalArgumentException(
          metric
              + ": needs outputs and targets of one shape [N, …], both values, but the outputs have"
              + " shape "
              + output.shape()
              + " and the targets, which are "
              + (isLabels(target) ? "labels" : "values")
              + ", have shape "
              + target.shape()
              + "; "
              + remedy);
    }
  }

  static boolean isLabels(Tensor target) {
    return target.type() == DType.INT32;
  }

  /** Class labels: those given, or the first most probable class at each place. */
  static Tensor labels(Tensor target) {
    return isLabels(target) ? target.detach() : target.argmax(CLASSES);
  }

  /** Whether a sample counts: a negative label says that it does not. */
  static boolean counts(String metric, int label, int classes) {
    if (label >= classes) {
      throw new IllegalArgumentException(
          metric
              + ": label "
              + label
              + " is not in 0 … "
              + (classes - 1)
              + ", the classes of outputs with "
              + classes
              + " columns");
    }
    return label >= 0;
  }

  /** Elements of a row of a batch. */
  static int columns(Tensor batch) {
    return batch.shape().length() / batch.shape().size(0);
  }
}
