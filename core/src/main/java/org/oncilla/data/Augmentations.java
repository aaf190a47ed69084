package org.oncilla.data;

import org.oncilla.random.Generator;

/**
 * The usual random changes of images. What comes in from beyond an image's edge, and what is cut
 * out, is 0: of inputs that are normalized to mean 0 that is the mean colour, of others black.
 * Brightness, contrast and noise are in units of the inputs: with {@link Normalization} in standard
 * deviations of the pixels.
 */
public final class Augmentations {
  /** The share of an image that random erasing takes, and the proportions, as in torchvision. */
  private static final double SMALLEST_AREA = 0.02;

  private static final double LARGEST_AREA = 0.33;
  private static final double LARGEST_ASPECT = 3.3;
  private static final double SMALLEST_ASPECT = 0.3;
  private static final int ATTEMPTS = 10;

  private Augmentations() {}

  /**
   * Mirrors left and right.
   *
   * @param probability 0 … 1
   */
  public static Augmentation horizontalFlip(double probability) {
    return randomApply(
        checkedProbability("horizontalFlip", probability),
        (image, random) -> {
          for (int channel = 0; channel < image.channels(); channel++) {
            for (int row = 0; row < image.height(); row++) {
              int first = image.index(channel, row, 0);
              reverse(image.values(), first, first + image.width() - 1);
            }
          }
        });
  }

  private static void reverse(float[] values, int first, int last) {
    for (int i = first, j = last; i < j; i++, j--) {
      float swapped = values[i];
      values[i] = values[j];
      values[j] = swapped;
    }
  }

  /**
   * Mirrors top and bottom.
   *
   * @param probability 0 … 1
   */
  public static Augmentation verticalFlip(double probability) {
    return randomApply(
        checkedProbability("verticalFlip", probability),
        (image, random) -> {
          float[] before = image.before();
          int width = image.width();
          for (int channel = 0; channel < image.channels(); channel++) {
            for (int row = 0; row < image.height(); row++) {
              int from = (channel * image.height() + image.height() - 1 - row) * width;
              System.arraycopy(before, from, image.values(), image.index(channel, row, 0), width);
            }
          }
        });
  }

  /**
   * Pads every side with zeros and cuts an image of the original size out of it at random, as He,
   * Zhang, Ren and Sun (2016) train on CIFAR-10 with a padding of 4. The same as {@link #shift} by
   * as many rows and columns.
   *
   * @param padding pixels added to each side, at least 0
   */
  public static Augmentation crop(int padding) {
    return shifting("crop", padding, padding);
  }

  /**
   * Moves by whole pixels, each of −rows … rows and −columns … columns equally likely.
   *
   * @param rows at most, up and down
   * @param columns at most, left and right
   */
  public static Augmentation shift(int rows, int columns) {
    return shifting("shift", rows, columns);
  }

  private static Augmentation shifting(String name, int rows, int columns) {
    if (rows < 0 || columns < 0) {
      throw new IllegalArgumentException(
          name + ": needs a number of pixels of at least 0, not " + Math.min(rows, columns));
    }
    return (image, random) -> {
      int down = random.nextInt(2 * rows + 1) - rows;
      int right = random.nextInt(2 * columns + 1) - columns;
      move(image, down, right);
    };
  }

  private static void move(ImageValues image, int down, int right) {
    float[] before = image.before();
    int width = image.width();
    int kept = Math.max(0, width - Math.abs(right));
    image.fill(0, 0, image.height(), width, 0);
    for (int channel = 0; channel < image.channels(); channel++) {
      int last = Math.min(image.height(), image.height() + down);
      for (int row = Math.max(0, down); row < last && kept > 0; row++) {
        int from = (channel * image.height() + row - down) * width + Math.max(0, -right);
        int to = image.index(channel, row, Math.max(0, right));
        System.arraycopy(before, from, image.values(), to, kept);
      }
    }
  }

  /**
   * Turns about the center by an angle drawn evenly, with bilinear interpolation.
   *
   * @param degrees at most, either way
   */
  public static Augmentation rotation(double degrees) {
    return rotation(-degrees, degrees);
  }

  /**
   * Turns about the center by an angle drawn evenly, with bilinear interpolation.
   *
   * @param smallest in degrees, counter-clockwise
   * @param largest in degrees, counter-clockwise
   */
  public static Augmentation rotation(double smallest, double largest) {
    checkRange("rotation", "degrees", smallest, largest);
    return (image, random) -> {
      double radians = StrictMath.toRadians(uniform(random, smallest, largest));
      Resampling.apply(image, StrictMath.cos(radians), StrictMath.sin(radians));
    };
  }

  /**
   * Enlarges or shrinks about the center by a factor drawn evenly, with bilinear interpolation; the
   * image keeps its size.
   *
   * @param smallest factor, above 0; below 1 shrinks what is shown
   * @param largest factor
   */
  public static Augmentation scaling(double smallest, double largest) {
    checkRange("scaling", "factors", smallest, largest);
    if (!(smallest > 0)) {
      throw new IllegalArgumentException("scaling: factors must be above 0, not " + smallest);
    }
    return (image, random) -> Resampling.apply(image, 1 / uniform(random, smallest, largest), 0);
  }

  /**
   * Adds one number to all values: x + b with b drawn evenly from −change … change.
   *
   * @param change at least 0, in units of the inputs
   */
  public static Augmentation brightness(double change) {
    requireNotNegative("brightness", change);
    return (image, random) -> scaleAndAdd(image, 1, uniform(random, -change, change));
  }

  /**
   * Stretches values about their mean over the image: m + c · (x − m) with c drawn evenly from 1 −
   * change … 1 + change.
   *
   * @param change 0 … 1
   */
  public static Augmentation contrast(double change) {
    if (!(change >= 0 && change <= 1)) {
      throw new IllegalArgumentException("contrast: the change must be 0 to 1, not " + change);
    }
    return (image, random) -> {
      double factor = uniform(random, 1 - change, 1 + change);
      scaleAndAdd(image, factor, (1 - factor) * image.mean());
    };
  }

  private static void scaleAndAdd(ImageValues image, double factor, double added) {
    float[] values = image.values();
    int start = image.index(0, 0, 0);
    for (int i = start; i < start + image.length(); i++) {
      values[i] = (float) (factor * values[i] + added);
    }
  }

  /**
   * Adds noise of the normal distribution N(0, deviation²) to each value.
   *
   * @param deviation at least 0, in units of the inputs
   */
  public static Augmentation gaussianNoise(double deviation) {
    requireNotNegative("gaussianNoise", deviation);
    return (image, random) -> {
      int start = image.index(0, 0, 0);
      random.addGaussians(image.values(), start, start + image.length(), deviation);
    };
  }

  /**
   * Sets a square to 0 (DeVries and Taylor, "Improved Regularization of Convolutional Neural
   * Networks with Cutout", 2017). Its center is any pixel, so part of it may lie outside.
   *
   * @param side of the square in pixels, at least 1; 16 in the article for CIFAR-10
   */
  public static Augmentation cutout(int side) {
    if (side < 1) {
      throw new IllegalArgumentException("cutout: a side needs at least 1 pixel, not " + side);
    }
    return (image, random) -> {
      int top = random.nextInt(image.height()) - side / 2;
      int left = random.nextInt(image.width()) - side / 2;
      int bottom = Math.min(image.height(), top + side);
      int right = Math.min(image.width(), left + side);
      int first = Math.max(0, top);
      int start = Math.max(0, left);
      image.fill(first, start, bottom - first, right - start, 0);
    };
  }

  /**
   * Sets a rectangle to 0 (Zhong, Zheng, Kang, Li and Yang, "Random Erasing Data Augmentation",
   * AAAI 2020) whose area is 2 % … 33 % of the image and whose height is 0.3 … 3.3 times its width,
   * evenly on a logarithmic scale. A rectangle that does not fit is drawn again, at most 10 times.
   *
   * @param probability 0 … 1
   */
  public static Augmentation randomErasing(double probability) {
    return randomApply(
        checkedProbability("randomErasing", probability),
        (image, random) -> {
          for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (erased(image, random)) {
              return;
            }
          }
        });
  }

  private static boolean erased(ImageValues image, Generator random) {
    double share = uniform(random, SMALLEST_AREA, LARGEST_AREA);
    double area = share * image.height() * image.width();
    double aspect =
        StrictMath.exp(
            uniform(random, StrictMath.log(SMALLEST_ASPECT), StrictMath.log(LARGEST_ASPECT)));
    int rows = (int) Math.round(StrictMath.sqrt(area * aspect));
    int columns = (int) Math.round(StrictMath.sqrt(area / aspect));
    if (rows >= image.height() || columns >= image.width()) {
      return false;
    }
    int top = random.nextInt(image.height() - rows + 1);
    int left = random.nextInt(image.width() - columns + 1);
    image.fill(top, left, rows, columns, 0);
    return true;
  }

  /**
   * Another augmentation, with a probability.
   *
   * @param probability 0 … 1
   */
  public static Augmentation randomApply(double probability, Augmentation augmentation) {
    checkedProbability("randomApply", probability);
    return (image, random) -> {
      if (random.nextDouble() < probability) {
        augmentation.apply(image, random);
      }
    };
  }

  private static double uniform(Generator random, double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  private static double checkedProbability(String name, double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException(name + ": a probability is 0 to 1, not " + probability);
    }
    return probability;
  }

  private static void requireNotNegative(String name, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          name + ": needs a finite number of at least 0, not " + value);
    }
  }

  private static void checkRange(String name, String unit, double smallest, double largest) {
    if (!(smallest <= largest) || Double.isInfinite(smallest) || Double.isInfinite(largest)) {
      throw new IllegalArgumentException(
          name + ": needs finite " + unit + " in order, not " + smallest + " to " + largest);
    }
  }
}
