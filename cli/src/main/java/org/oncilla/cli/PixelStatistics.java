package org.oncilla.cli;

import org.oncilla.data.DataException;
import org.oncilla.data.ImageDataset;
import org.oncilla.data.Normalization;

/** What the pixels of a data set are like. */
final class PixelStatistics {
  /** As many tell a dark background from a light one. */
  private static final int IMAGES_FOR_BACKGROUND = 1000;

  private static final float LARGEST = 255f;

  private PixelStatistics() {}

  /**
   * The mean and standard deviation of each channel, which make inputs of mean 0 and deviation 1.
   */
  static Normalization normalization(ImageDataset images) {
    int channels = images.inputShape().size(0);
    long[] sums = new long[channels];
    long[] squares = new long[channels];
    for (int image = 0; image < images.size(); image++) {
      add(images.pixels(image), channels, sums, squares);
    }
    double count = (double) images.size() * images.inputShape().length() / channels;
    float[] means = new float[channels];
    float[] deviations = new float[channels];
    for (int channel = 0; channel < channels; channel++) {
      double mean = sums[channel] / count;
      double variance = squares[channel] / count - mean * mean;
      if (!(variance > 0)) {
        throw new DataException(
            images.source() + ": all pixels of channel " + channel + " are the same, " + mean);
      }
      means[channel] = (float) (mean / LARGEST);
      deviations[channel] = (float) (Math.sqrt(variance) / LARGEST);
    }
    return Normalization.perChannel(means, deviations);
  }

  private static void add(byte[] pixels, int channels, long[] sums, long[] squares) {
    int plane = pixels.length / channels;
    for (int i = 0; i < pixels.length; i++) {
      int pixel = pixels[i] & 0xFF;
      sums[i / plane] += pixel;
      squares[i / plane] += (long) pixel * pixel;
    }
  }

  /** Whether the images show something dark on a light background, by their outermost pixels. */
  static boolean lightBackground(ImageDataset images) {
    int width = images.inputShape().size(2);
    int height = images.inputShape().size(1);
    int count = Math.min(IMAGES_FOR_BACKGROUND, images.size());
    int light = 0;
    for (int image = 0; image < count; image++) {
      if (Picture.of(images.pixels(image), width, height).hasLightBackground()) {
        light++;
      }
    }
    return 2 * light > count;
  }
}
