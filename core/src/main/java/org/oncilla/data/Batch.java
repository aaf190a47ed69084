package org.oncilla.data;

import java.util.Arrays;
import org.oncilla.backend.Backend;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * A batch on the device.
 *
 * @param inputs [size, …input shape]: values, or INT32 where the data set has indices
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
    Tensor inputs = tensor(backend, host.inputs(), host.indices(), inputShape);
    try {
      Tensor targets = tensor(backend, host.targets(), host.labels(), targetShape);
      return new Batch(inputs, targets, size);
    } catch (RuntimeException | Error failure) {
      inputs.close();
      throw failure;
    }
  }

  /** The first elements of whichever array is there. */
  private static Tensor tensor(Backend backend, float[] values, int[] integers, Shape shape) {
    return values != null
        ? Tensor.of(backend, head(values, shape.length()), shape)
        : Tensor.ofInts(backend, head(integers, shape.length()), shape);
  }

  private static float[] head(float[] values, int length) {
    return values.length == length ? values : Arrays.copyOf(values, length);
  }

  private static int[] head(int[] values, int length) {
    return values.length == length ? values : Arrays.copyOf(values, length);
  }
}
