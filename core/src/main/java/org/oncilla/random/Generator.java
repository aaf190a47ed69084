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
   * Adds values of the normal distribution N(0, deviation²) to others: both of the values that Box
   * and Muller's transform gives at once, so that many cost half of what {@link #nextGaussian}
   * takes.
   *
   * @param values to add to
   * @param from first index
   * @param to index behind the last
   */
  public void addGaussians(float[] values, int from, int to, double deviation) {
    for (int i = from; i < to; i += 2) {
      double radius = deviation * StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
      double angle = 2 * Math.PI * nextDouble();
      values[i] += (float) (radius * StrictMath.cos(angle));
      if (i + 1 < to) {
        values[i + 1] += (float) (radius * StrictMath.sin(angle));
      }
    }
  }

  /**
   * A value of the beta distribution, whose density is proportional to x<sup>a−1</sup> (1 −
   * x)<sup>b−1</sup> on [0, 1]: G<sub>a</sub> / (G<sub>a</sub> + G<sub>b</sub>) with two values of
   * gamma distributions, whose logarithms are drawn so that small a and b do not underflow.
   *
   * @throws IllegalArgumentException if a or b is not above 0 and finite
   */
  public double nextBeta(double a, double b) {
    if (!(a > 0 && b > 0) || Double.isInfinite(a) || Double.isInfinite(b)) {
      throw new IllegalArgumentException(
          "nextBeta: both parameters must be above 0 and finite, but they are " + a + " and " + b);
    }
    double first = nextLogGamma(a);
    double second = nextLogGamma(b);
    return 1 / (1 + StrictMath.exp(second - first));
  }

  /**
   * The logarithm of a value of the gamma distribution of some shape and scale 1 (G. Marsaglia and
   * W. W. Tsang, "A simple method for generating gamma variables", ACM Transactions on Mathematical
   * Software 26, 2000); below shape 1 through G<sub>shape</sub> = G<sub>shape+1</sub>
   * U<sup>1/shape</sup>.
   */
  private double nextLogGamma(double shape) {
    if (shape < 1) {
      return nextLogGamma(shape + 1) + StrictMath.log(1 - nextDouble()) / shape;
    }
    double d = shape - 1.0 / 3;
    double c = 1 / StrictMath.sqrt(9 * d);
    while (true) {
      double x = nextGaussian();
      double cubeRoot = 1 + c * x;
      double v = cubeRoot * cubeRoot * cubeRoot;
      double u = 1 - nextDouble();
      if (v > 0 && StrictMath.log(u) < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
        return StrictMath.log(d) + StrictMath.log(v);
      }
    }
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
