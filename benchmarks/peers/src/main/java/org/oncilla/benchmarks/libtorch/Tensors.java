package org.oncilla.benchmarks.libtorch;

import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.oncilla.benchmarks.workload.RandomValues;
import org.oncilla.tensor.Shape;

/** Values of Java in libtorch's tensors and back. */
final class Tensors {
  private Tensors() {}

  static Tensor of(float[] values, Shape shape) {
    long[] sizes = new long[shape.rank()];
    Arrays.setAll(sizes, axis -> shape.size(axis));
    return Tensor.create(values, sizes);
  }

  /** The random inputs of a stream. */
  static Tensor inputs(Shape shape, int stream) {
    return of(RandomValues.inputs(shape.length(), stream), shape);
  }

  static Shape shape(Tensor tensor) {
    int[] sizes = new int[Math.toIntExact(tensor.dim())];
    Arrays.setAll(sizes, axis -> Math.toIntExact(tensor.size(axis)));
    return Shape.of(sizes);
  }

  static float[] values(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    tensor.data_ptr_float().get(values);
    return values;
  }

  static double meanSquare(Tensor tensor) {
    return RandomValues.meanSquare(values(tensor));
  }
}
