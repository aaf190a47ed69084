package org.oncilla.data;

import java.util.Arrays;

/**
 * How 8-bit pixels become network inputs: (pixel / 255 − mean) / standard deviation, per channel.
 * Whoever predicts must use what the training used.
 */
public final class Normalization {
  /** Pixels scaled to [0, 1] and no further. */
  public static final Normalization UNIT = of(0, 1);

  private static final int LEVELS = 256;

  private final float[] means;
  private final float[] deviations;
  private final float[][] tables;

  private Normalization(float[] means, float[] deviations) {
    this.means = means;
    this.deviations = deviations;
    this.tables = new float[means.length][LEVELS];
    for (int channel = 0; channel < means.length; channel++) {
      for (int pixel = 0; pixel < LEVELS; pixel++) {
        tables[channel][pixel] = (pixel / 255f - means[channel]) / deviations[channel];
      }
    }
  }

  /**
   * The same for every channel.
   *
   * @param mean of the pixels scaled to [0, 1]
   * @param deviation their standard deviation, above 0
   */
  public static Normalization of(float mean, float deviation) {
    return perChannel(new float[] {mean}, new float[] {deviation});
  }

  /**
   * One mean and one standard deviation for each channel.
   *
   * @throws IllegalArgumentException if their numbers differ or a deviation is not above 0
   */
  public static Normalization perChannel(float[] means, float[] deviations) {
    if (means.length != deviations.length || means.length == 0) {
      throw new IllegalArgumentException(
          "normalization needs a mean and a standard deviation for each channel, not "
              + means.length
              + " means and "
              + deviations.length
              + " deviations");
    }
    for (int channel = 0; channel < means.length; channel++) {
      if (!(deviations[channel] > 0) || !Float.isFinite(means[channel])) {
        throw new IllegalArgumentException(
            "normalization needs finite means and standard deviations above 0, but channel "
                + channel
                + " has mean "
                + means[channel]
                + " and deviation "
                + deviations[channel]);
      }
    }
    return new Normalization(means.clone(), deviations.clone());
  }

  /** Whether images of that many channels can be normalized. */
  public boolean fits(int channels) {
    return means.length == 1 || means.length == channels;
  }

  /** Number of channels; 1 also stands for all of an image's channels. */
  public int channels() {
    return means.length;
  }

  /** The mean of a channel's pixels, scaled to [0, 1]. */
  public float mean(int channel) {
    return means[means.length == 1 ? 0 : channel];
  }

  /** The standard deviation of a channel's pixels, scaled to [0, 1]. */
  public float deviation(int channel) {
    return deviations[deviations.length == 1 ? 0 : channel];
  }

  /**
   * The input for a pixel.
   *
   * @param channel of the image
   * @param pixel 0 … 255
   */
  public float apply(int channel, int pixel) {
    return table(channel)[pixel];
  }

  /** The inputs for the pixels 0 … 255 of a channel. */
  float[] table(int channel) {
    return tables[means.length == 1 ? 0 : channel];
  }

  @Override
  public String toString() {
    return "(pixel / 255 - " + Arrays.toString(means) + ") / " + Arrays.toString(deviations);
  }
}
