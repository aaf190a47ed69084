package org.oncilla.cli;

/**
 * Frames a picture of a digit as those of MNIST are framed (LeCun, Bottou, Bengio and Haffner,
 * "Gradient-Based Learning Applied to Document Recognition", 1998, section 3.1): the ink is scaled
 * into 20×20 of 28×28 pixels with its proportions, and its center of mass is in the middle.
 */
final class DigitFrame {
  private static final double BOX = 20.0 / 28;

  /** Levels of 255: less than this is paper that is not quite even, not ink. */
  private static final float FAINTEST = 32;

  /** The share of the strongest ink that counts as ink: shades and JPEG's ripples are below. */
  private static final float SHARE = 0.25f;

  /** The rectangle of pixels that holds all ink. */
  private record Bounds(int left, int top, int width, int height) {}

  private DigitFrame() {}

  /**
   * The picture's ink in the middle of an image of another size.
   *
   * @param gray with one plane
   * @return null where there is no ink
   */
  static Picture of(Picture gray, int width, int height) {
    float paper = gray.background();
    Bounds bounds = bounds(contrast(gray, paper), gray.width());
    if (bounds == null) {
      return null;
    }
    double scale = Math.min(BOX * width / bounds.width(), BOX * height / bounds.height());
    Picture scaled =
        gray.cropped(bounds.left(), bounds.top(), bounds.width(), bounds.height())
            .resized(pixels(scale * bounds.width()), pixels(scale * bounds.height()));
    float[] ink = contrast(scaled, paper);
    int left = start(center(ink, scaled.width(), true), scaled.width(), width);
    int top = start(center(ink, scaled.width(), false), scaled.height(), height);
    return scaled.placed(left, top, width, height, paper);
  }

  private static int pixels(double length) {
    return Math.max(1, (int) Math.round(length));
  }

  /** How far each pixel is from the paper. */
  private static float[] contrast(Picture gray, float paper) {
    float[] contrast = gray.planes()[0].clone();
    for (int i = 0; i < contrast.length; i++) {
      contrast[i] = Math.abs(contrast[i] - paper);
    }
    return contrast;
  }

  /** Null where nothing is far enough from the paper to be ink. */
  private static Bounds bounds(float[] contrast, int width) {
    float least = FAINTEST;
    for (float level : contrast) {
      least = Math.max(least, SHARE * level);
    }
    int left = width;
    int right = -1;
    int top = -1;
    int bottom = -1;
    for (int i = 0; i < contrast.length; i++) {
      if (contrast[i] >= least) {
        left = Math.min(left, i % width);
        right = Math.max(right, i % width);
        top = top < 0 ? i / width : top;
        bottom = i / width;
      }
    }
    return right < 0 ? null : new Bounds(left, top, right - left + 1, bottom - top + 1);
  }

  /** The center of mass along an axis, where pixel i is from i to i + 1. */
  private static double center(float[] ink, int width, boolean horizontal) {
    double moment = 0;
    double mass = 0;
    for (int i = 0; i < ink.length; i++) {
      moment += ink[i] * (0.5 + (horizontal ? i % width : i / width));
      mass += ink[i];
    }
    return moment / mass;
  }

  /** Where to begin so that the center is in the middle and nothing is cut off. */
  private static int start(double center, int length, int whole) {
    long start = Math.round(whole / 2.0 - center);
    return (int) Math.max(0, Math.min(whole - length, start));
  }
}
