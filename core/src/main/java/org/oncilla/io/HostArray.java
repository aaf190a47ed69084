package org.oncilla.io;

import org.oncilla.tensor.Shape;

/**
 * Values on the host with their shape: what a file of weights holds.
 *
 * @param shape the sizes
 * @param values row-major, as many as the shape has elements
 */
public record HostArray(Shape shape, float[] values) {
  /** Checks that values and shape agree. */
  public HostArray {
    if (values.length != shape.length()) {
      throw new IllegalArgumentException(
          "an array of shape "
              + shape
              + " needs "
              + shape.length()
              + " values, not "
              + values.length);
    }
  }
}
