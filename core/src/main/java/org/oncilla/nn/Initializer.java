package org.oncilla.nn;

import org.oncilla.random.Generator;
import org.oncilla.tensor.Shape;

/** Draws the first values of a weight; the usual ones are in {@link Initializers}. */
@FunctionalInterface
public interface Initializer {
  /**
   * Fills a weight.
   *
   * @param values receives {@code shape.length()} values
   * @param offset of the first one
   * @param shape of the weight: [out, in, …] for matrices and convolutions
   * @param generator random numbers for this weight alone
   */
  void fill(float[] values, int offset, Shape shape, Generator generator);
}
