package org.oncilla.loss;

import java.util.Arrays;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** Factors on the losses of classes or labels, one for each, kept on the host. */
final class LossWeights {
  private final String owner;
  private final String what;
  private final double[] values;

  /**
   * Checks factors and copies them.
   *
   * @param owner the loss, for messages
   * @param what the factors' name, for messages
   * @throws IllegalArgumentException if there are none, or one is negative or not finite
   */
  LossWeights(String owner, String what, double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException(owner + ": give at least one of the " + what);
    }
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] >= 0 && values[i] < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            owner
                + ": the "
                + what
                + " must be finite and at least 0, but number "
                + i
                + " is "
                + values[i]);
      }
    }
    this.owner = owner;
    this.what = what;
    this.values = values.clone();
  }

  /**
   * As a tensor [count] beside a prediction.
   *
   * @param axis of the prediction, which must be as long, for the message
   * @throws IllegalArgumentException if it is not
   */
  Tensor on(Tensor prediction, int axis) {
    if (prediction.shape().size(axis) != values.length) {
      throw new IllegalArgumentException(
          owner
              + ": there are "
              + values.length
              + " "
              + what
              + " for predictions of shape "
              + prediction.shape()
              + "; give "
              + prediction.shape().size(axis));
    }
    return Tensor.of(prediction.backend(), values, Shape.of(values.length));
  }

  @Override
  public String toString() {
    return Arrays.toString(values);
  }
}
