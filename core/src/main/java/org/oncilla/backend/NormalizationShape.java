package org.oncilla.backend;

/**
 * The sizes of a normalization of x[N, C, S]: samples, channels and what each channel holds of a
 * sample, such as the pixels of an image.
 *
 * @param batch samples N
 * @param channels channels C
 * @param spatial elements S of a channel of one sample; 1 for rows of features [N, C]
 */
public record NormalizationShape(int batch, int channels, int spatial) {
  /** Checks that all sizes are positive and the elements can be counted. */
  public NormalizationShape {
    if (batch < 1 || channels < 1 || spatial < 1) {
      throw new IllegalArgumentException(
          "normalization sizes must be positive: " + batch + "x" + channels + "x" + spatial);
    }
    Math.multiplyExact(Math.multiplyExact(batch, channels), spatial);
  }

  /** Number of elements. */
  public int length() {
    return batch * channels * spatial;
  }

  /** Elements of one channel, over all samples. */
  public int channelLength() {
    return batch * spatial;
  }

  /**
   * Elements of one group of channels, of one sample.
   *
   * @param groups a divisor of the channels
   */
  public int groupLength(int groups) {
    return channels / groups * spatial;
  }
}
