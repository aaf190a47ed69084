package org.oncilla.metric;

import org.oncilla.tensor.Tensor;

/** A figure that tells how good predictions are, gathered over many batches. */
public interface Metric extends AutoCloseable {
  /** The name in tables and logs. */
  String name();

  /** A metric of the same kind that has gathered nothing. */
  Metric fresh();

  /** Forgets everything gathered. */
  void reset();

  /**
   * Takes in a batch, without waiting for the device for each one.
   *
   * @param output of the model, batch axis first
   * @param target what it should be
   */
  void update(Tensor output, Tensor target);

  /** The figure over all batches since the last reset; waits for the device. */
  double value();

  /** Frees what is held on the device. */
  @Override
  void close();
}
