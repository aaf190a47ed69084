package org.oncilla.benchmarks.workload;

import java.util.List;
import org.oncilla.nn.Initializer;
import org.oncilla.nn.Initializers;
import org.oncilla.random.Generator;
import org.oncilla.tensor.Shape;

/** What workloads compute with, the same on every library. */
public final class RandomValues {
  private static final long INPUTS = 1001;
  private static final long LABELS = 1002;
  private static final long WEIGHTS = 1003;

  private RandomValues() {}

  /**
   * Uniform values in [-1, 1).
   *
   * @param stream chooses among independent sequences
   */
  public static float[] inputs(int length, int stream) {
    Generator generator = new Generator(INPUTS, stream);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = 2 * generator.nextFloat() - 1;
    }
    return values;
  }

  /** Labels in 0 … classes−1. */
  public static int[] labels(int length, int classes) {
    Generator generator = new Generator(LABELS, 0);
    int[] labels = new int[length];
    for (int i = 0; i < length; i++) {
      labels[i] = generator.nextInt(classes);
    }
    return labels;
  }

  /**
   * A parameter of a model.
   *
   * @param name ends in "weight" or "bias"
   */
  public record Named(String name, Shape shape) {
    private Initializer draw() {
      if (shape.rank() > 1) {
        return Initializers.glorotUniform();
      }
      return name.endsWith("weight") ? Initializers.constant(1) : Initializers.zeros();
    }
  }

  /**
   * Initial weights, one parameter after the other: Glorot's uniform draw for matrices and kernels,
   * ones for the weights of a normalization, zeros for biases.
   *
   * @param parameters in the order of computation; of a residual block, the body's come first
   */
  public static float[] weights(List<Named> parameters) {
    float[] weights = new float[parameters.stream().mapToInt(p -> p.shape().length()).sum()];
    int offset = 0;
    for (int i = 0; i < parameters.size(); i++) {
      Named parameter = parameters.get(i);
      parameter.draw().fill(weights, offset, parameter.shape(), new Generator(WEIGHTS, i));
      offset += parameter.shape().length();
    }
    return weights;
  }

  /** The mean of the squares: one number to compare results by, in which nothing cancels. */
  public static double meanSquare(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return sum / values.length;
  }
}
