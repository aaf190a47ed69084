package org.oncilla.random;

/**
 * A sequence of random numbers on the host: the {@link Philox} blocks of one seed and stream, one
 * after the other. Two generators of the same seed and stream give the same numbers on every
 * machine. Not thread-safe.
 */
public final class Generator {
  private final long seed;
  private final long stream;
  private final int[] words = new int[4];
  private long block;
  private int used = 4;

  /**
   * A generator at the start of its sequence.
   *
   * @param seed the key
   * @param stream which of the seed's sequences
   */
  public Generator(long seed, long stream) {
    this.seed = seed;
    this.stream = stream;
  }

  /** 32 random bits. */
  public int nextBits() {
    if (used == words.length) {
      Philox.block(seed, stream, block++, words, 0);
      used = 0;
    }
    return words[used++];
  }

  /** A uniform value in [0, 1) with 24 random bits. */
  public float nextFloat() {
    return Philox.uniform(nextBits());
  }

  /** A uniform value in [0, 1) with 53 random bits. */
  public double nextDouble() {
    long high = nextBits() >>> 5;
    long low = nextBits() >>> 6;
    return ((high << 26) | low) * 0x1p-53;
  }

  /** A value of the normal distribution N(0, 1), by Box and Muller's transform. */
  public double nextGaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  /**
   * An integer in 0 … bound−1, each equally likely (Lemire's rejection).
   *
   * @throws IllegalArgumentException if bound is below 1
   */
  public int nextInt(int bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("nextInt: the bound must be at least 1, not " + bound);
    }
    long product = (nextBits() & 0xFFFFFFFFL) * bound;
    if ((product & 0xFFFFFFFFL) < bound) {
      long threshold = (1L << 32) % bound;
      while ((product & 0xFFFFFFFFL) < threshold) {
        product = (nextBits() & 0xFFFFFFFFL) * bound;
      }
    }
    return (int) (product >>> 32);
  }
}
