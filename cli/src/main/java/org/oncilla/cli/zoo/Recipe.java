package org.oncilla.cli.zoo;

import java.util.List;

/**
 * Settings that train a model well, unless the user says otherwise.
 *
 * @param batchSize samples in a batch
 * @param epochs of the training
 * @param learningRate of stochastic gradient descent with momentum 0.9
 * @param weightDecay of any optimizer
 * @param schedule of the learning rate
 * @param augmentations of training images, one after the other; {@link ImageAugmentation#FLIP} is
 *     only for images that show the same when they are mirrored
 */
public record Recipe(
    int batchSize,
    int epochs,
    double learningRate,
    double weightDecay,
    RateSchedule schedule,
    List<ImageAugmentation> augmentations) {
  /** For digits and the like: a few epochs on the images as they are. */
  static Recipe plain(int batchSize) {
    return new Recipe(batchSize, 3, 0.05, 0, RateSchedule.EXPONENTIAL, List.of());
  }

  /**
   * How to augment training images.
   *
   * @param mirrorable whether a mirrored image shows the same: a shoe does, a digit does not
   */
  public List<ImageAugmentation> augmentations(boolean mirrorable) {
    return augmentations.stream()
        .filter(augmentation -> mirrorable || augmentation != ImageAugmentation.FLIP)
        .toList();
  }

  /** For small photographs: each is cropped and flipped, and the rate falls to nothing. */
  static Recipe photographs(int batchSize, int epochs, double learningRate, double weightDecay) {
    return new Recipe(
        batchSize,
        epochs,
        learningRate,
        weightDecay,
        RateSchedule.COSINE,
        List.of(ImageAugmentation.CROP, ImageAugmentation.FLIP));
  }
}
