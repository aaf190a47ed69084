package org.oncilla.tests.tensor;

import java.util.Arrays;
import org.oncilla.backend.Backend;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/**
 * Values with a shape in plain Java, by which expected results are written down.
 *
 * @param sizes of the axes
 * @param values row-major
 */
public record HostTensor(int[] sizes, double[] values) {
  /** The element at an index. */
  @FunctionalInterface
  public interface Element {
    double at(int... index);
  }

  /** Writes one element after the other, in row-major order. */
  public static HostTensor fill(int[] sizes, Element element) {
    int length = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    double[] values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] = element.at(index(i, sizes));
    }
    return new HostTensor(sizes, values);
  }

  public static HostTensor scalar(double value) {
    return new HostTensor(new int[0], new double[] {value});
  }

  public static HostTensor of(Tensor tensor) {
    return new HostTensor(tensor.shape().sizes(), tensor.toDoubleArray());
  }

  /** The same element by element under a function. */
  public HostTensor map(java.util.function.DoubleUnaryOperator function) {
    return new HostTensor(sizes, Arrays.stream(values).map(function).toArray());
  }

  public double at(int... index) {
    int position = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      position = position * sizes[axis] + index[axis];
    }
    return values[position];
  }

  /** The element that meets an index of a larger shape when the last axes are aligned. */
  public double stretchedAt(int... index) {
    int[] own = new int[sizes.length];
    for (int axis = 0; axis < own.length; axis++) {
      own[axis] = sizes[axis] == 1 ? 0 : index[index.length - own.length + axis];
    }
    return at(own);
  }

  public int rank() {
    return sizes.length;
  }

  /** The size of an axis, the last one being −1. */
  public int size(int axis) {
    return sizes[axis < 0 ? axis + sizes.length : axis];
  }

  public Tensor on(Backend backend) {
    return Tensor.of(backend, values, Shape.of(sizes));
  }

  public HostTensor with(int position, double value) {
    double[] changed = values.clone();
    changed[position] = value;
    return new HostTensor(sizes, changed);
  }

  public double largestMagnitude() {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }

  private static int[] index(int position, int[] sizes) {
    int[] index = new int[sizes.length];
    int rest = position;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      index[axis] = rest % sizes[axis];
      rest /= sizes[axis];
    }
    return index;
  }
}
