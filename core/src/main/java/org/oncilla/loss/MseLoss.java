package org.oncilla.loss;

import org.oncilla.tensor.Tensor;

/** The mean squared error over all elements: 1/n Σ (prediction − target)². */
public final class MseLoss implements Loss {
  @Override
  public Tensor forward(Tensor prediction, Tensor target) {
    if (!prediction.shape().equals(target.shape())) {
      throw new IllegalArgumentException(
          "MseLoss: predictions of shape "
              + prediction.shape()
              + " and targets of shape "
              + target.shape()
              + " must have the same shape; for one value a sample, both are [N, 1]: give the data set"
              + " targets of shape [1]");
    }
    try (Tensor difference = prediction.sub(target);
        Tensor squares = difference.square()) {
      return squares.mean();
    }
  }
}
