package org.oncilla.loss;

import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * How far predictions are from their targets, as one number to minimize. A loss of one's own is a
 * lambda, or overrides what it can say of predictions and targets, so that {@code Trainer} and
 * {@code Evaluator} find what does not fit before it is computed with.
 */
public interface Loss {
  /**
   * The loss of a batch.
   *
   * @param prediction the model's output, batch axis first
   * @param target what it should be
   * @return a scalar, on which {@link Tensor#backward()} may be called
   * @throws IllegalArgumentException if the shapes do not fit
   */
  Tensor forward(Tensor prediction, Tensor target);

  /** What predictions must be; a model that ends in something else is warned of in the log. */
  default PredictionKind expects() {
    return PredictionKind.VALUES;
  }

  /**
   * Checks, before anything is computed, that a model tells the classes of a data set apart.
   *
   * @param output shape of the model's output of one sample
   * @param classes number of classes; 0 where the targets are no labels
   * @throws IllegalArgumentException naming what does not fit and the remedy
   */
  default void requireFits(Shape output, int classes) {}

  /**
   * Checks target values that are still on the host, before each batch is computed.
   *
   * @param targets sample after sample; there may be more after them
   * @param count number of values to check
   * @throws IllegalArgumentException naming a value that this loss has no meaning for
   */
  default void requireTargets(float[] targets, int count) {}
}
