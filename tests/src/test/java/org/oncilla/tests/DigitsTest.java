package org.oncilla.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.oncilla.data.Dataset;
import org.oncilla.data.HostBatch;
import org.oncilla.data.ImageDataset;
import org.oncilla.tensor.Shape;

class DigitsTest {
  /** The numbers of samples per class that the data set's makers state. */
  private static final int[] COUNTS = {178, 182, 177, 183, 181, 182, 181, 179, 174, 180};

  @Test
  void thereAreAsManyOfEachDigitAsPublished() {
    ImageDataset digits = Digits.all();
    int[] counts = new int[10];
    for (int i = 0; i < digits.size(); i++) {
      counts[digits.label(i)]++;
    }
    assertThat(counts).isEqualTo(COUNTS);
  }

  @Test
  void theFirstImageIsTheZeroOfTheFile() {
    byte[] zero = {
      0, 0, 5, 13, 9, 1, 0, 0,
      0, 0, 13, 15, 10, 15, 5, 0,
      0, 3, 15, 2, 0, 11, 8, 0,
      0, 4, 12, 0, 0, 8, 8, 0,
      0, 5, 8, 0, 0, 9, 8, 0,
      0, 4, 11, 0, 1, 12, 7, 0,
      0, 2, 14, 5, 10, 12, 0, 0,
      0, 0, 6, 13, 10, 0, 0, 0
    };
    Dataset train = Digits.train();
    HostBatch batch = new HostBatch(train, 1);
    train.read(0, batch, 0);
    assertThat(train.inputShape()).isEqualTo(Shape.of(1, 8, 8));
    assertThat(batch.labels()).containsExactly(0);
    for (int i = 0; i < zero.length; i++) {
      assertThat(batch.inputs()[i]).isCloseTo(zero[i] / 16f, within(1e-6f));
    }
  }

  @Test
  void trainingAndTestSamplesAreAllSamples() {
    assertThat(Digits.train().size()).isEqualTo(1437);
    assertThat(Digits.test().size()).isEqualTo(360);
    HostBatch batch = new HostBatch(Digits.test(), 1);
    Digits.test().read(359, batch, 0);
    assertThat(batch.labels()).containsExactly(Digits.all().label(1796));
  }
}
