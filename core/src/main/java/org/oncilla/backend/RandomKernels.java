package org.oncilla.backend;

/**
 * Random numbers from the counter-based generator Philox 4x32-10, the same bits on every backend.
 *
 * <p>Element i takes word i mod 4 of the block with key (low, high word of {@code seed}) and
 * counter (low, high word of ⌊i/4⌋, low, high word of {@code stream}). Its uniform value is u =
 * (word ≫ 8)·2<sup>−24</sup>, which is exact in single precision.
 */
public interface RandomKernels {
  /** out[i] = low + u·(high − low), with u in [0, 1), computed in single precision. */
  void uniform(long seed, long stream, float low, float high, Span out);

  /**
   * Inverted dropout: out[i] = 0 where u &lt; probability (both in single precision), else x[i] /
   * (1 − probability). Called with the same seed and stream on a gradient it applies the same mask,
   * so no mask is stored.
   *
   * @param probability of dropping an element, in [0, 1)
   * @param accumulate adds to out instead of overwriting it
   */
  void dropout(long seed, long stream, double probability, Span x, Span out, boolean accumulate);
}
