package org.oncilla.metric;

import org.oncilla.tensor.Tensor;

/**
 * A figure that tells how good predictions are, gathered over many batches. {@link #value()} is the
 * number for tables; a metric that knows more, such as {@link ConfusionMatrix}, tells it by methods
 * of its own, until the next {@link #reset()}.
 */
public interface Metric extends AutoCloseable {
  /** The name in tables and logs; no two metrics of a training share one. */
  String name();

  /** A metric of the same kind and settings that has gathered nothing. */
  Metric fresh();

  /** Forgets everything gathered. */
  void reset();

  /**
   * Takes in a batch, without waiting for the device for each one.
   *
   * @param output of the model, batch axis first
   * @param target what it should be
   * @throws IllegalArgumentException if the shapes are not those of this metric
   */
  void update(Tensor output, Tensor target);

  /** The figure over all batches since the last reset; waits for the device. NaN without any. */
  double value();

  /** Frees what is held on the device; figures that were told before stay. */
  @Override
  void close();
}
