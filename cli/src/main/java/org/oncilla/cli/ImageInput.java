package org.oncilla.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.oncilla.data.Normalization;
import org.oncilla.file.FileFormatException;
import org.oncilla.tensor.Shape;

/**
 * A picture made into what a model takes: its channels, its size and, if gray, light on dark or
 * dark on light as the model's training images; digits in the middle, as large as those of MNIST.
 *
 * @param picture in the model's size
 * @param description of what was done to it
 */
record ImageInput(Picture picture, String description) {
  private static final int GRAY = 1;
  private static final int COLOURS = 3;
  private static final float LARGEST = 255f;
  private static final String FORMATS = "a PNG, JPEG, GIF or BMP file";

  /**
   * Reads a picture.
   *
   * @param shape of the model's input
   * @param lightBackground whether the training images show something dark on a light background
   * @param digits whether the training images are digits framed as those of MNIST
   * @throws FileFormatException if it is no picture
   * @throws IOException if it cannot be read
   */
  static ImageInput read(Path file, Shape shape, boolean lightBackground, boolean digits)
      throws IOException {
    if (shape.rank() != 3 || (shape.size(0) != GRAY && shape.size(0) != COLOURS)) {
      throw new CommandException(
          "the model takes inputs of shape "
              + shape
              + ", so it cannot be shown pictures, which are [1, H, W] or [3, H, W]");
    }
    return convert(Picture.of(decode(file), shape.size(0)), shape, lightBackground, digits);
  }

  private static BufferedImage decode(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new CommandException(file + " is a folder; give " + FORMATS);
    }
    byte[] bytes = Files.readAllBytes(file);
    BufferedImage image;
    try {
      ImageIO.setUseCache(false);
      image = ImageIO.read(new ByteArrayInputStream(bytes));
    } catch (IOException | RuntimeException damaged) {
      throw new FileFormatException(
          file + ": the image is damaged: " + damaged.getMessage(), damaged);
    }
    if (image == null) {
      throw new FileFormatException(file + " is not an image that Java can read; give " + FORMATS);
    }
    return image;
  }

  private static ImageInput convert(
      Picture original, Shape shape, boolean lightBackground, boolean digits) {
    List<String> steps = new ArrayList<>();
    if (original.coloured() && shape.size(0) == GRAY) {
      steps.add("made gray");
    }
    Picture resized = digits ? framed(original, shape, steps) : resized(original, shape, steps);
    boolean light = original.hasLightBackground();
    // Colours say what a thing is: a photograph's negative shows something else.
    boolean inverted = light != lightBackground && shape.size(0) == GRAY;
    if (inverted) {
      steps.add(
          "inverted (the background is %s, in the training images it is %s)"
              .formatted(shade(light), shade(lightBackground)));
    }
    return new ImageInput(
        inverted ? resized.inverted() : resized,
        "%dx%d pixels, %s"
            .formatted(
                original.width(),
                original.height(),
                steps.isEmpty() ? "taken as they are" : String.join(", ", steps)));
  }

  /** An image that has the model's size already is one of the data set's, or is meant to be. */
  private static Picture framed(Picture original, Shape shape, List<String> steps) {
    int height = shape.size(1);
    int width = shape.size(2);
    boolean ready = original.width() == width && original.height() == height;
    Picture framed = ready ? null : DigitFrame.of(original, width, height);
    if (framed == null) {
      return resized(original, shape, steps);
    }
    steps.add("its ink centered and resized to " + width + "x" + height + " as MNIST's digits are");
    return framed;
  }

  private static Picture resized(Picture original, Shape shape, List<String> steps) {
    int height = shape.size(1);
    int width = shape.size(2);
    Picture padded = original.padded(width, height);
    if (padded != original) {
      steps.add("padded to " + padded.width() + "x" + padded.height());
    }
    Picture resized = padded.resized(width, height);
    if (resized != padded) {
      steps.add("resized to " + width + "x" + height);
    }
    return resized;
  }

  private static String shade(boolean light) {
    return light ? "light" : "dark";
  }

  /** The model's input, normalized as the training images were. */
  float[] normalized(Normalization normalization) {
    float[][] planes = picture.planes();
    int plane = planes[0].length;
    float[] values = new float[planes.length * plane];
    for (int channel = 0; channel < planes.length; channel++) {
      float mean = normalization.mean(channel);
      float deviation = normalization.deviation(channel);
      for (int i = 0; i < plane; i++) {
        values[channel * plane + i] = (planes[channel][i] / LARGEST - mean) / deviation;
      }
    }
    return values;
  }
}
