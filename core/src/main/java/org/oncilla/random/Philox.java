package org.oncilla.random;

/**
 * The counter-based generator Philox 4x32-10 of Salmon, Moraes, Dror and Shaw, "Parallel Random
 * Numbers: As Easy as 1, 2, 3" (SC 2011): ten rounds that turn a 128-bit counter and a 64-bit key
 * into 128 random bits. Any block can be computed on its own, so every backend and any number of
 * threads draw the same numbers.
 *
 * <p>Oncilla keys it with the seed and counts (low, high word of the block index, low, high word of
 * the stream).
 */
public final class Philox {
  private static final int MULTIPLIER_0 = 0xD2511F53;
  private static final int MULTIPLIER_1 = 0xCD9E8D57;
  private static final int WEYL_0 = 0x9E3779B9;
  private static final int WEYL_1 = 0xBB67AE85;
  private static final int ROUNDS = 10;

  private Philox() {}

  /**
   * One block of four words.
   *
   * @param seed the key
   * @param stream the upper half of the counter
   * @param block the lower half of the counter
   * @param out receives four words
   * @param offset where to put the first word
   */
  public static void block(long seed, long stream, long block, int[] out, int offset) {
    int c0 = (int) block;
    int c1 = (int) (block >>> 32);
    int c2 = (int) stream;
    int c3 = (int) (stream >>> 32);
    int k0 = (int) seed;
    int k1 = (int) (seed >>> 32);
    for (int round = 0; round < ROUNDS; round++) {
      long product0 = (MULTIPLIER_0 & 0xFFFFFFFFL) * (c0 & 0xFFFFFFFFL);
      long product1 = (MULTIPLIER_1 & 0xFFFFFFFFL) * (c2 & 0xFFFFFFFFL);
      c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
      c1 = (int) product1;
      c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
      c3 = (int) product0;
      k0 += WEYL_0;
      k1 += WEYL_1;
    }
    out[offset] = c0;
    out[offset + 1] = c1;
    out[offset + 2] = c2;
    out[offset + 3] = c3;
  }

  /** The uniform value in [0, 1) of a word: its upper 24 bits times 2<sup>−24</sup>, exact. */
  public static float uniform(int word) {
    return (word >>> 8) * 0x1p-24f;
  }
}
