package org.oncilla.cli.zoo;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.oncilla.data.Augmentation;
import org.oncilla.data.Augmentations;

/** A random change of training images that is known by name, with settings for small images. */
public enum ImageAugmentation {
  /** Cut out of the image with 4 more pixels on each side. */
  CROP(Augmentations.crop(4)),

  /** Moved by up to 2 pixels. */
  SHIFT(Augmentations.shift(2, 2)),

  /** Mirrored left and right, every other time. */
  FLIP(Augmentations.horizontalFlip(0.5)),

  /** Turned by up to 15 degrees. */
  ROTATION(Augmentations.rotation(15)),

  /** Enlarged or shrunk by up to a tenth. */
  SCALING(Augmentations.scaling(0.9, 1.1)),

  /** Lighter or darker by up to a fifth of the pixels' standard deviation. */
  BRIGHTNESS(Augmentations.brightness(0.2)),

  /** Contrast changed by up to a fifth. */
  CONTRAST(Augmentations.contrast(0.2)),

  /** With noise of a twentieth of the pixels' standard deviation. */
  NOISE(Augmentations.gaussianNoise(0.05)),

  /** Without a square of 8 pixels. */
  CUTOUT(Augmentations.cutout(8));

  private static final String NONE = "none";
  private static final String COMMA = ",";

  private final Augmentation augmentation;

  ImageAugmentation(Augmentation augmentation) {
    this.augmentation = augmentation;
  }

  /** What is done to an image. */
  public Augmentation augmentation() {
    return augmentation;
  }

  /** Names with commas between, or "none". */
  public static String write(List<ImageAugmentation> augmentations) {
    return augmentations.isEmpty()
        ? NONE
        : augmentations.stream()
            .map(ImageAugmentation::toString)
            .collect(Collectors.joining(COMMA));
  }

  /**
   * The augmentations that {@link #write} names.
   *
   * @throws IllegalArgumentException if one is unknown, with the choices, or if one is named twice
   *     or beside "none"
   */
  public static List<ImageAugmentation> read(String names) {
    if (names.equals(NONE)) {
      return List.of();
    }
    List<String> words = List.of(names.split(COMMA, -1));
    if (words.contains(NONE)) {
      throw new IllegalArgumentException(
          names
              + " contradicts itself; "
              + NONE
              + " stands alone and leaves the images as they are");
    }
    List<ImageAugmentation> read = words.stream().map(ImageAugmentation::named).toList();
    for (ImageAugmentation augmentation : read) {
      if (Collections.frequency(read, augmentation) > 1) {
        throw new IllegalArgumentException(
            names + " has " + augmentation + " more than once; name each once");
      }
    }
    return read;
  }

  /** The names for a sentence, such as "crop, rotation and noise". */
  public static String list(List<ImageAugmentation> augmentations) {
    String names = write(augmentations).replace(COMMA, ", ");
    int last = names.lastIndexOf(", ");
    return last < 0 ? names : names.substring(0, last) + " and " + names.substring(last + 2);
  }

  private static ImageAugmentation named(String name) {
    for (ImageAugmentation known : values()) {
      if (known.toString().equals(name)) {
        return known;
      }
    }
    throw new IllegalArgumentException(
        (name.isEmpty() ? "''" : name)
            + " is unknown; the choices are "
            + write(List.of(values())).replace(COMMA, ", ")
            + ", or none");
  }

  /** The name that users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
