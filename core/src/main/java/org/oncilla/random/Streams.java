package org.oncilla.random;

/**
 * Who draws from which streams of a seed, so that one seed serves a whole training and no two of
 * its parts draw the same numbers.
 */
public final class Streams {
  /** Initial weights: one stream for each parameter. */
  public static final long WEIGHTS = 0;

  /** First values of buffers: one stream for each buffer. */
  public static final long BUFFERS = 1L << 31;

  /** Dropout: one stream for each mask. */
  public static final long MASKS = 1L << 32;

  /** The order of samples: one stream for each epoch. */
  public static final long SHUFFLES = 1L << 62;

  private Streams() {}
}
