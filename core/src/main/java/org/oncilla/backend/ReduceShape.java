package org.oncilla.backend;

/**
 * A reduction over the middle axis of x[outer, reduced, inner], giving out[outer, inner]. Any set
 * of adjacent axes can be written so; other sets are reduced in turn.
 *
 * @param outer elements before the reduced axis
 * @param reduced elements of the reduced axis
 * @param inner elements after it
 */
public record ReduceShape(int outer, int reduced, int inner) {
  /** Checks that all sizes are positive. */
  public ReduceShape {
    if (outer < 1 || reduced < 1 || inner < 1) {
      throw new IllegalArgumentException(
          "reduction sizes must be positive: " + outer + "x" + reduced + "x" + inner);
    }
  }

  /** Number of input elements. */
  public int inputLength() {
    return Math.multiplyExact(Math.multiplyExact(outer, reduced), inner);
  }

  /** Number of output elements. */
  public int outputLength() {
    return Math.multiplyExact(outer, inner);
  }
}
