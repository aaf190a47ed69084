package org.oncilla.data;

import java.util.Arrays;
import org.oncilla.backend.Backend;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * A batch on the device.
 *
 * @param inputs [size, …input shape]
 * @param targets [size] labels, or [size, …target shape] values
 * @param size number of samples
 */
public record Batch(Tensor inputs, Tensor targets, int size) {
  /**
   * Copies a batch to the device; the host batch may be reused as soon as this returns.
   *
   * @param dataset whose samples these are
   * @param host the samples
   * @throws IllegalArgumentException if it holds no sample
   */
  public static Batch upload(Backend backend, Dataset dataset, HostBatch host) {
    int size = host.size();
    if (size == 0) {
      throw new IllegalArgumentException(
          "an empty batch: it has room for "
              + host.capacity()
              + " samples of shape "
              + dataset.inputShape()
              + " but holds none; read at least one sample into it");
    }
    Shape inputShape = dataset.inputShape().prepend(size);
    Shape targetShape = dataset.targetShape().prepend(size);
    Tensor inputs = Tensor.of(backend, head(host.inputs(), inputShape.length()), inputShape);
    try {
      Tensor targets =
          dataset.hasLabels()
              ? Tensor.ofInts(backend, head(host.labels(), targetShape.length()), targetShape)
              : Tensor.of(backend, head(host.targets(), targetShape.length()), targetShape);
      return new Batch(inputs, targets, size);
    } catch (RuntimeException | Error failure) {
      inputs.close();
      throw failure;
    }
  }

  private static float[] head(float[] values, int length) {
    return values.length == length ? values : Arrays.copyOf(values, length);
  }

  private static int[] head(int[] values, int length) {
    return values.length == length ? values : Arrays.copyOf(values, length);
  }
}
