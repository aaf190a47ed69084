package org.oncilla.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.oncilla.tensor.Shape;

/** Random views of a data set: what they depend on, and what not. */
class AugmentedDatasetTest {
  private static final int SAMPLES = 23;
  private static final int CLASSES = 4;
  private static final Shape SHAPE = Shape.of(2, 5, 6);

  private static Dataset images() {
    float[] inputs = new float[SAMPLES * SHAPE.length()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = 1 + i;
    }
    int[] labels = new int[SAMPLES];
    Arrays.setAll(labels, i -> i % CLASSES);
    return ArrayDataset.ofLabels(SHAPE, inputs, labels, CLASSES);
  }

  private static Dataset augmented(Dataset data) {
    return data.augmented(
        9,
        Augmentations.horizontalFlip(0.5),
        Augmentations.crop(2),
        Augmentations.rotation(10),
        Augmentations.gaussianNoise(0.1));
  }

  /** All inputs of an epoch, by the index of the sample. */
  private static Map<Integer, String> epoch(Dataset data, int batchSize, int epoch) {
    Map<Integer, String> inputs = new TreeMap<>();
    int[] order = data.order(epoch);
    int at = 0;
    int length = data.inputShape().length();
    try (BatchReader reader = data.batches(batchSize).open(epoch)) {
      for (HostBatch batch = reader.next(); batch != null; batch = reader.next()) {
        for (int i = 0; i < batch.size(); i++) {
          int from = batch.inputOffset(i);
          String values = Arrays.toString(Arrays.copyOfRange(batch.inputs(), from, from + length));
          String target =
              data.hasLabels()
                  ? "" + batch.labels()[i]
                  : Arrays.toString(
                      Arrays.copyOfRange(
                          batch.targets(), batch.targetOffset(i), batch.targetOffset(i + 1)));
          inputs.put(order[at++], values + target);
        }
      }
    }
    return inputs;
  }

  @Test
  void theSameForAnyBatchSizeAndOrder() {
    Map<Integer, String> expected = epoch(augmented(images()), 1, 3);
    assertThat(expected).hasSize(SAMPLES);
    assertThat(epoch(augmented(images()), 7, 3)).isEqualTo(expected);
    assertThat(epoch(augmented(images()), SAMPLES, 3)).isEqualTo(expected);
    assertThat(epoch(augmented(images()).shuffled(1), 5, 3)).isEqualTo(expected);
    assertThat(epoch(augmented(images().shuffled(1)), 5, 3)).isEqualTo(expected);
    Map<Integer, String> mixed = epoch(images().mixup(4, 0.5), 1, 2);
    assertThat(epoch(images().mixup(4, 0.5).shuffled(8), 6, 2)).isEqualTo(mixed);
  }

  @Test
  void otherwiseInEachEpochAndForEachSeed() {
    Map<Integer, String> first = epoch(augmented(images()), 4, 0);
    assertThat(epoch(augmented(images()), 4, 1).values())
        .doesNotContainAnyElementsOf(first.values());
    Dataset other = images().augmented(10, Augmentations.gaussianNoise(0.1));
    assertThat(epoch(other, 4, 0).values())
        .doesNotContainAnyElementsOf(
            epoch(images().augmented(9, Augmentations.gaussianNoise(0.1)), 4, 0).values());
  }

  @Test
  void ordersOfShuffledSamplesShowThrough() {
    Dataset shuffled = images().shuffled(3);
    assertThat(augmented(shuffled).order(5)).containsExactly(shuffled.order(5));
    assertThat(shuffled.mixup(1, 1).order(5)).containsExactly(shuffled.order(5));
    assertThat(shuffled.oneHot().order(5)).containsExactly(shuffled.order(5));
  }

  @Test
  void theSamplesThemselvesStayAsTheyAre() {
    Dataset images = images();
    Map<Integer, String> before = epoch(images, 4, 0);
    epoch(augmented(images), 4, 0);
    epoch(images.mixup(1, 1), 4, 0);
    assertThat(epoch(images, 4, 0)).isEqualTo(before);
    assertThat(epoch(images, 4, 1)).isEqualTo(before);
  }

  @Test
  void whatIsNoImageIsRefused() {
    Dataset rows = ArrayDataset.ofLabels(Shape.of(3), new float[6], new int[2], 1);
    assertThatThrownBy(() -> rows.augmented(1, Augmentations.crop(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "augmented: needs images of shape [channels, height, width], but inputs are of shape"
                + " [3]");
    assertThatThrownBy(() -> images().augmented(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("augmented: give at least 1 augmentation");
    HostBatch batch = new HostBatch(rows, 1);
    assertThatThrownBy(() -> batch.beginEpoch(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("epochs are counted from 0, so -1 is none");
  }

  /** Each input and each target is λ of the sample and 1 − λ of another one, with one λ. */
  @Test
  void mixupMixesInputsAndLabelsAlike() {
    Dataset mixed = images().mixup(6, 0.4);
    assertThat(mixed.hasLabels()).isFalse();
    assertThat(mixed.classes()).isZero();
    assertThat(mixed.targetShape()).isEqualTo(Shape.of(CLASSES));
    HostBatch batch = new HostBatch(mixed, 1);
    for (int epoch = 0; epoch < 20; epoch++) {
      batch.beginEpoch(epoch);
      for (int index = 0; index < SAMPLES; index++) {
        mixed.read(index, batch, 0);
        // Values differ by 60 from sample to sample, and by 1 within one.
        double start = 1 + 60.0 * index;
        double moved = batch.inputs()[0] - start;
        for (int i = 0; i < SHAPE.length(); i++) {
          assertThat((double) batch.inputs()[i]).isCloseTo(start + i + moved, within(1e-3));
        }
        assertThat(sum(batch.targets())).isCloseTo(1, within(1e-6));
        double other = 1 - batch.targets()[index % CLASSES];
        if (other > 1e-3) {
          // moved = (1 − λ) · 60 · (another index − index)
          double distance = moved / 60 / other;
          assertThat(distance).isCloseTo(Math.rint(distance), within(1e-2));
          int partner = index + (int) Math.rint(distance);
          assertThat((double) batch.targets()[Math.floorMod(partner, CLASSES)])
              .isCloseTo(other, within(1e-6));
        }
      }
    }
  }

  private static double sum(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  @Test
  void mixupMixesRealTargets() {
    float[] inputs = {0, 1, 2, 3};
    float[] targets = {10, 12, 14, 16};
    Dataset mixed = ArrayDataset.ofTargets(Shape.of(1), inputs, Shape.of(1), targets).mixup(2, 1);
    HostBatch batch = new HostBatch(mixed, 4);
    double sum = 0;
    for (int epoch = 0; epoch < 500; epoch++) {
      batch.beginEpoch(epoch);
      for (int i = 0; i < 4; i++) {
        mixed.read(i, batch, i);
        assertThat(batch.targets()[i]).isCloseTo(10 + 2 * batch.inputs()[i], within(1e-4f));
        sum += batch.targets()[i];
      }
    }
    assertThat(sum / 2000).isCloseTo(13, within(0.2));
  }

  @Test
  void mixturesOfMixturesAndOfAugmentedImages() {
    Dataset twice = augmented(images()).mixup(1, 0.3).mixup(2, 0.3);
    HostBatch batch = new HostBatch(twice, 2);
    batch.beginEpoch(4);
    twice.read(3, batch, 1);
    float[] targets = Arrays.copyOfRange(batch.targets(), CLASSES, 2 * CLASSES);
    assertThat(sum(targets)).isCloseTo(1, within(1e-6));
    assertThat(epoch(twice, 3, 4)).isEqualTo(epoch(twice, 11, 4));
  }

  @Test
  void mixupRefusesWhatItCannotMix() {
    assertThatThrownBy(() -> images().mixup(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mixup: alpha must be above 0 and finite, not 0.0; usual are 0.2 to 1");
    assertThatThrownBy(() -> images().mixup(1, Double.POSITIVE_INFINITY))
        .hasMessageContaining("not Infinity");
  }
}
