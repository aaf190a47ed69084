package org.oncilla.nn;

import org.oncilla.random.Generator;
import org.oncilla.tensor.Shape;

/**
 * Random orthogonal matrices: the factor Q of a matrix of normal numbers in double precision, A =
 * QR, with the signs by which R's diagonal is positive; without that choice not every Q would be
 * equally likely (Mezzadri, 2007). Gram and Schmidt's process gives just that Q.
 *
 * @param gain multiplies the matrix
 */
record Orthogonal(double gain) implements Initializer {
  /**
   * A vector that keeps less of its length than this when it is freed of the ones before is freed
   * of them again, since what is left holds their roundings too (Daniel and others, 1976).
   */
  private static final double KEPT = 0.01;

  @Override
  public void fill(float[] values, int offset, Shape shape, Generator generator) {
    if (shape.rank() < 2) {
      throw new IllegalArgumentException(
          "orthogonal: needs a weight [out, in, …] of at least two axes, not " + shape);
    }
    int rows = shape.size(0);
    int columns = shape.length() / rows;
    boolean wide = rows <= columns;
    double[][] basis = basis(Math.min(rows, columns), Math.max(rows, columns), generator);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double value = wide ? basis[row][column] : basis[column][row];
        values[offset + row * columns + column] = (float) (gain * value);
      }
    }
  }

  /** Orthonormal vectors, each drawn at random and freed of the ones before. */
  private static double[][] basis(int count, int length, Generator generator) {
    double[][] basis = new double[count][length];
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < length; k++) {
        basis[i][k] = generator.nextGaussian();
      }
      double norm = norm(basis[i]);
      double before;
      do {
        before = norm;
        for (int j = 0; j < i; j++) {
          add(basis[i], -dot(basis[j], basis[i]), basis[j]);
        }
        norm = norm(basis[i]);
      } while (norm < KEPT * before);
      for (int k = 0; k < length; k++) {
        basis[i][k] /= norm;
      }
    }
    return basis;
  }

  private static void add(double[] x, double factor, double[] y) {
    for (int k = 0; k < x.length; k++) {
      x[k] += factor * y[k];
    }
  }

  private static double norm(double[] x) {
    return Math.sqrt(dot(x, x));
  }

  /** In four sums, which do not wait for one another. */
  private static double dot(double[] x, double[] y) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int whole = x.length & ~3;
    for (int k = 0; k < whole; k += 4) {
      first += x[k] * y[k];
      second += x[k + 1] * y[k + 1];
      third += x[k + 2] * y[k + 2];
      fourth += x[k + 3] * y[k + 3];
    }
    for (int k = whole; k < x.length; k++) {
      first += x[k] * y[k];
    }
    return first + second + (third + fourth);
  }
}
