package org.oncilla.cli.zoo;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.oncilla.data.Augmentation;
import org.oncilla.data.Augmentations;

/** A random change of training images that is known by name, with settings for small images. */
public enum ImageAugmentation {
  /** Cut out of the image with 4 more pixels on each side. */
  CROP(Augmentations.crop(4)),

  /** Mirrored left and right, every other time. */
  FLIP(Augmentations.horizontalFlip(0.5)),

  /** Turned by up to 15 degrees. */
  ROTATION(Augmentations.rotation(15)),

  /** Enlarged or shrunk by up to a tenth. */
  SCALING(Augmentations.scaling(0.9, 1.1)),

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
   * @throws IllegalArgumentException if one is unknown, with the choices
   */
  public static List<ImageAugmentation> read(String names) {
    return names.equals(NONE)
        ? List.of()
        : Arrays.stream(names.split(COMMA, -1)).map(ImageAugmentation::named).toList();
  }

  private static ImageAugmentation named(String name) {
    for (ImageAugmentation known : values()) {
      if (known.toString().equals(name)) {
        return known;
      }
    }
    throw new IllegalArgumentException(
        "\""
            + name
            + "\" is unknown; the choices are "
            + write(List.of(values())).replace(COMMA, ", ")
            + ", or none");
  }

  /** The name that users type. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
