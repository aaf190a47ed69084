package org.oncilla.cli;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * A picture as planes of pixels, 0 … 255: one gray plane, or red, green and blue.
 *
 * @param planes one for each channel, row by row
 * @param coloured whether the picture it came from is not gray throughout
 */
record Picture(float[][] planes, int width, int height, boolean coloured) {
  private static final float LARGEST = 255f;
  private static final int BYTE = 0xFF;

  /**
   * Takes the pixels of an image; what is transparent becomes white.
   *
   * @param channels 1 for gray (luma of Rec. 601), 3 for colours
   */
  static Picture of(BufferedImage image, int channels) {
    return isGrayRaster(image) ? ofGray(image, channels) : ofColours(image, channels);
  }

  /** Takes bytes, row by row, channel after channel. */
  static Picture of(byte[] pixels, int width, int height) {
    int plane = width * height;
    float[][] planes = new float[pixels.length / plane][plane];
    for (int i = 0; i < pixels.length; i++) {
      planes[i / plane][i % plane] = pixels[i] & BYTE;
    }
    return new Picture(planes, width, height, planes.length > 1);
  }

  /** Images whose samples are gray levels: getRGB would take them as linear light. */
  private static boolean isGrayRaster(BufferedImage image) {
    ColorModel model = image.getColorModel();
    return model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && model.getNumColorComponents() == 1
        && image.getRaster().getNumBands() == model.getNumComponents();
  }

  private static Picture ofGray(BufferedImage image, int channels) {
    Raster raster = image.getRaster();
    int width = raster.getWidth();
    int height = raster.getHeight();
    ColorModel model = image.getColorModel();
    float scale = LARGEST / ((1 << model.getComponentSize(0)) - 1);
    float alphaScale = model.hasAlpha() ? 1f / ((1 << model.getComponentSize(1)) - 1) : 0;
    float[] gray = new float[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        float level = raster.getSample(x, y, 0) * scale;
        float alpha = model.hasAlpha() ? raster.getSample(x, y, 1) * alphaScale : 1;
        gray[y * width + x] = onWhite(level, alpha);
      }
    }
    float[][] planes = new float[channels][];
    Arrays.fill(planes, gray);
    return new Picture(planes, width, height, false);
  }

  private static Picture ofColours(BufferedImage image, int channels) {
    int width = image.getWidth();
    int height = image.getHeight();
    float[][] planes = new float[channels][width * height];
    boolean coloured = false;
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        float alpha = (row[x] >>> 24) / LARGEST;
        float red = onWhite(row[x] >> 16 & BYTE, alpha);
        float green = onWhite(row[x] >> 8 & BYTE, alpha);
        float blue = onWhite(row[x] & BYTE, alpha);
        coloured |= red != green || green != blue;
        store(planes, y * width + x, red, green, blue);
      }
    }
    return new Picture(planes, width, height, coloured);
  }

  private static void store(float[][] planes, int at, float red, float green, float blue) {
    if (planes.length == 1) {
      boolean gray = red == green && green == blue;
      planes[0][at] = gray ? red : 0.299f * red + 0.587f * green + 0.114f * blue;
    } else {
      planes[0][at] = red;
      planes[1][at] = green;
      planes[2][at] = blue;
    }
  }

  private static float onWhite(float level, float alpha) {
    return alpha * level + (1 - alpha) * LARGEST;
  }

  /** The mean of the outermost pixels of a plane: the background, as a rule. */
  private float border(float[] plane) {
    double sum = 0;
    long count = 0;
    for (int y = 0; y < height; y++) {
      boolean edge = y == 0 || y == height - 1;
      for (int x = 0; x < width; x += edge ? 1 : Math.max(1, width - 1)) {
        sum += plane[y * width + x];
        count++;
      }
    }
    return (float) (sum / count);
  }

  /** The mean of the outermost pixels of all planes. */
  float background() {
    double sum = 0;
    for (float[] plane : planes) {
      sum += border(plane);
    }
    return (float) (sum / planes.length);
  }

  /** Whether it shows something on a light background. */
  boolean hasLightBackground() {
    return background() > LARGEST / 2;
  }

  /** With margins in the colour of the background, so that it has the proportions of another. */
  Picture padded(int otherWidth, int otherHeight) {
    int newWidth = Math.max(width, (int) Math.round((double) height * otherWidth / otherHeight));
    int newHeight = Math.max(height, (int) Math.round((double) width * otherHeight / otherWidth));
    if (newWidth == width && newHeight == height) {
      return this;
    }
    float[] borders = new float[planes.length];
    for (int channel = 0; channel < planes.length; channel++) {
      borders[channel] = border(planes[channel]);
    }
    return placed((newWidth - width) / 2, (newHeight - height) / 2, newWidth, newHeight, borders);
  }

  /** A rectangle of it. */
  Picture cropped(int left, int top, int newWidth, int newHeight) {
    float[][] cropped = new float[planes.length][newWidth * newHeight];
    for (int channel = 0; channel < planes.length; channel++) {
      for (int y = 0; y < newHeight; y++) {
        System.arraycopy(
            planes[channel], (top + y) * width + left, cropped[channel], y * newWidth, newWidth);
      }
    }
    return new Picture(cropped, newWidth, newHeight, coloured);
  }

  /**
   * On a larger ground.
   *
   * @param left column of the ground where it begins
   * @param top row of the ground where it begins
   * @param grounds level of each channel's ground
   */
  Picture placed(int left, int top, int newWidth, int newHeight, float... grounds) {
    float[][] placed = new float[planes.length][newWidth * newHeight];
    for (int channel = 0; channel < planes.length; channel++) {
      Arrays.fill(placed[channel], grounds[channel]);
      for (int y = 0; y < height; y++) {
        System.arraycopy(
            planes[channel], y * width, placed[channel], (top + y) * newWidth + left, width);
      }
    }
    return new Picture(placed, newWidth, newHeight, coloured);
  }

  /** In another size: each pixel is the mean of the area that it covers. */
  Picture resized(int newWidth, int newHeight) {
    if (newWidth == width && newHeight == height) {
      return this;
    }
    float[][] resized = new float[planes.length][];
    for (int channel = 0; channel < planes.length; channel++) {
      float[] narrow = new float[height * newWidth];
      shrink(planes[channel], width, 1, narrow, newWidth, 1, height, width, newWidth);
      resized[channel] = new float[newHeight * newWidth];
      shrink(narrow, 1, newWidth, resized[channel], 1, newWidth, newWidth, height, newHeight);
    }
    return new Picture(resized, newWidth, newHeight, coloured);
  }

  /** Averages along one axis: lines of {@code length} pixels become lines of {@code newLength}. */
  private static void shrink(
      float[] from,
      int fromLine,
      int fromPixel,
      float[] to,
      int toLine,
      int toPixel,
      int lines,
      int length,
      int newLength) {
    double scale = (double) length / newLength;
    for (int i = 0; i < newLength; i++) {
      double start = i * scale;
      double end = Math.min(length, start + scale);
      for (int line = 0; line < lines; line++) {
        double sum = 0;
        for (int j = (int) start; j < end; j++) {
          double covered = Math.min(end, j + 1) - Math.max(start, j);
          sum += covered * from[line * fromLine + j * fromPixel];
        }
        to[line * toLine + i * toPixel] = (float) (sum / (end - start));
      }
    }
  }

  /** Dark where it was light. */
  Picture inverted() {
    float[][] inverted = new float[planes.length][width * height];
    for (int channel = 0; channel < planes.length; channel++) {
      for (int i = 0; i < inverted[channel].length; i++) {
        inverted[channel][i] = LARGEST - planes[channel][i];
      }
    }
    return new Picture(inverted, width, height, coloured);
  }
}
