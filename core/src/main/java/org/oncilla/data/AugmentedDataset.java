package org.oncilla.data;

import java.util.Arrays;
import java.util.List;
import org.oncilla.random.Generator;
import org.oncilla.random.Streams;

/** Images that are changed at random when they are read. */
final class AugmentedDataset extends DatasetView {
  private static final int IMAGE_RANK = 3;

  private final long seed;
  private final List<Augmentation> augmentations;

  AugmentedDataset(Dataset samples, long seed, Augmentation... augmentations) {
    super(samples);
    if (samples.inputShape().rank() != IMAGE_RANK || samples.hasIndices()) {
      throw new IllegalArgumentException(
          "augmented: needs images of shape [channels, height, width], but inputs are "
              + (samples.hasIndices() ? "indices " : "")
              + "of shape "
              + samples.inputShape());
    }
    if (augmentations.length == 0) {
      throw new IllegalArgumentException(
          "augmented: give at least 1 augmentation, such as Augmentations.horizontalFlip(0.5)");
    }
    this.seed = seed;
    this.augmentations = List.copyOf(Arrays.asList(augmentations));
  }

  @Override
  public void read(int index, HostBatch batch, int position) {
    samples.read(index, batch, position);
    ImageValues image = new ImageValues(batch, inputShape(), position);
    Generator generator = new Generator(seed, Streams.augmentation(batch.epoch(), index));
    for (Augmentation augmentation : augmentations) {
      augmentation.apply(image, generator);
    }
  }

  @Override
  String call() {
    return "augmented(" + seed + ", " + augmentations.size() + " augmentations)";
  }
}
