package org.oncilla.loss;

import org.oncilla.tensor.Tensor;

/** How far predictions are from their targets, as one number to minimize. */
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
}
