package org.oncilla.train;

import org.oncilla.backend.Backend;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * The mean loss of many batches. Losses wait on the device until a window of them is full, so that
 * a training does not wait at each step.
 */
final class LossMeter implements AutoCloseable {
  private static final int WINDOW = 32;

  private final Backend backend;
  private final Tensor losses;
  private final int[] sizes = new int[WINDOW];
  private int pending;
  private int counted;
  private double sum;
  private double notFinite;
  private long samples;

  LossMeter(Backend backend) {
    this.backend = backend;
    this.losses = Scope.escape(Tensor.zeros(backend, Shape.of(WINDOW), "losses"));
  }

  void reset() {
    pending = 0;
    counted = 0;
    sum = 0;
    samples = 0;
  }

  /**
   * Takes in the mean loss of a batch.
   *
   * @return whether the window is full, so that {@link #count} is due
   */
  boolean add(Tensor loss, int size) {
    backend.elementwise().affine(loss.span(), 1, 0, losses.span().slice(pending, 1), false);
    sizes[pending++] = size;
    return pending == WINDOW;
  }

  /**
   * Reads what is pending from the device.
   *
   * @return the number of the first batch, counted from 1, whose loss is not finite; 0 if there is
   *     none
   */
  int count() {
    double[] values = pending == 0 ? new double[0] : losses.toDoubleArray();
    int bad = 0;
    for (int i = 0; i < pending; i++) {
      counted++;
      sum += values[i] * sizes[i];
      samples += sizes[i];
      if (bad == 0 && !Double.isFinite(values[i])) {
        bad = counted;
        notFinite = values[i];
      }
    }
    pending = 0;
    return bad;
  }

  /** The loss that {@link #count} found not to be finite. */
  double notFinite() {
    return notFinite;
  }

  double mean() {
    return sum / samples;
  }

  int samples() {
    return Math.toIntExact(samples);
  }

  @Override
  public void close() {
    losses.close();
  }
}
