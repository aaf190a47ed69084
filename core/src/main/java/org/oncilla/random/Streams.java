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

  /** Dropout and random slopes: one stream for each draw. */
  public static final long MASKS = 1L << 32;

  /** The order of samples: one stream for each epoch. */
  public static final long SHUFFLES = 1L << 62;

  /** Which samples are in which part of a split. */
  public static final long SPLITS = 1L << 62 | 1L << 61;

  private static final long AUGMENTATIONS = 0b10L << 62;
  private static final long MIXTURES = 0b11L << 62;
  private static final int SAMPLE_BITS = 31;

  private Streams() {}

  /** What is done to a sample in an epoch: one stream for each sample of each epoch. */
  public static long augmentation(int epoch, int sample) {
    return AUGMENTATIONS | sampleOfEpoch(epoch, sample);
  }

  /** What a sample is mixed with in an epoch: one stream for each sample of each epoch. */
  public static long mixture(int epoch, int sample) {
    return MIXTURES | sampleOfEpoch(epoch, sample);
  }

  private static long sampleOfEpoch(int epoch, int sample) {
    if (epoch < 0 || sample < 0) {
      throw new IllegalArgumentException(
          "epochs and samples are counted from 0, but these are " + epoch + " and " + sample);
    }
    return (long) epoch << SAMPLE_BITS | sample;
  }
}
