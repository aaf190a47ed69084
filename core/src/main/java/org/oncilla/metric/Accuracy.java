package org.oncilla.metric;

import java.util.ArrayList;
import java.util.List;
import org.oncilla.tensor.NoGrad;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Tensor;

/** The share of samples whose largest logit is that of their label. */
public final class Accuracy implements Metric {
  /** Batches held on the device before they are counted: bounds memory, and waits are rare. */
  private static final int PENDING = 64;

  private final List<Tensor> predictions = new ArrayList<>();
  private final List<Tensor> labels = new ArrayList<>();
  private long correct;
  private long samples;

  @Override
  public String name() {
    return "accuracy";
  }

  @Override
  public Accuracy fresh() {
    return new Accuracy();
  }

  @Override
  public void reset() {
    close();
    correct = 0;
    samples = 0;
  }

  @Override
  public void update(Tensor output, Tensor target) {
    if (output.shape().rank() != 2 || !target.shape().equals(output.shape().without(1))) {
      throw new IllegalArgumentException(
          "accuracy: needs logits [N, C] and labels [N], but the shapes are "
              + output.shape()
              + " and "
              + target.shape());
    }
    try (NoGrad off = NoGrad.open()) {
      predictions.add(Scope.escape(output.argmax(-1)));
      labels.add(Scope.escape(target.detach()));
    }
    if (predictions.size() == PENDING) {
      count();
    }
  }

  @Override
  public double value() {
    count();
    return samples == 0 ? Double.NaN : (double) correct / samples;
  }

  @Override
  public void close() {
    predictions.forEach(Tensor::close);
    labels.forEach(Tensor::close);
    predictions.clear();
    labels.clear();
  }

  private void count() {
    for (int i = 0; i < predictions.size(); i++) {
      int[] predicted = predictions.get(i).toIntArray();
      int[] expected = labels.get(i).toIntArray();
      for (int row = 0; row < predicted.length; row++) {
        correct += predicted[row] == expected[row] ? 1 : 0;
      }
      samples += predicted.length;
    }
    close();
  }
}
