package org.oncilla.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncilla.random.Generator;
import org.oncilla.random.Streams;
import org.oncilla.tensor.Shape;

/** Each change of an image against a formula of its own. */
class AugmentationsTest {
  private static final int CHANNELS = 2;

  /** Draws of one augmentation. */
  private static final class Draws {
    private final Shape shape;
    private final float[] image;
    private final Dataset data;

    /** Of an image whose values are all different, and none of them 0. */
    Draws(int height, int width, Augmentation... augmentations) {
      shape = Shape.of(CHANNELS, height, width);
      image = new float[shape.length()];
      for (int i = 0; i < image.length; i++) {
        image[i] = 1 + i * 0.25f;
      }
      data = ArrayDataset.ofLabels(shape, image, new int[1], 1).augmented(5, augmentations);
    }

    float[] of(int epoch) {
      HostBatch batch = new HostBatch(data, 2);
      batch.beginEpoch(epoch);
      Arrays.fill(batch.inputs(), -9);
      data.read(0, batch, 1);
      assertThat(batch.inputs()).startsWith(filled(image.length, -9));
      return Arrays.copyOfRange(batch.inputs(), image.length, 2 * image.length);
    }

    float at(int channel, int row, int column) {
      boolean inside = row >= 0 && row < shape.size(1) && column >= 0 && column < shape.size(2);
      return inside ? image[(channel * shape.size(1) + row) * shape.size(2) + column] : 0;
    }

    /** An image by a formula for its pixels. */
    float[] by(Pixels pixels) {
      float[] result = new float[image.length];
      int i = 0;
      for (int channel = 0; channel < CHANNELS; channel++) {
        for (int row = 0; row < shape.size(1); row++) {
          for (int column = 0; column < shape.size(2); column++) {
            result[i++] = pixels.value(channel, row, column);
          }
        }
      }
      return result;
    }
  }

  @FunctionalInterface
  private interface Pixels {
    float value(int channel, int row, int column);
  }

  private static float[] filled(int length, float value) {
    float[] values = new float[length];
    Arrays.fill(values, value);
    return values;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "4, 5", "3, 8"})
  void flipsMirror(int height, int width) {
    Draws left = new Draws(height, width, Augmentations.horizontalFlip(1));
    assertThat(left.of(0))
        .isEqualTo(left.by((c, row, column) -> left.at(c, row, width - 1 - column)));
    Draws top = new Draws(height, width, Augmentations.verticalFlip(1));
    assertThat(top.of(0))
        .isEqualTo(top.by((c, row, column) -> top.at(c, height - 1 - row, column)));
  }

  @Test
  void aFlipOfAFlipIsTheImage() {
    Augmentation left = Augmentations.horizontalFlip(1);
    Augmentation top = Augmentations.verticalFlip(1);
    Draws draws = new Draws(5, 4, left, top, left, top);
    assertThat(draws.of(0)).isEqualTo(draws.image);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3, 1})
  void flipsHappenWithTheirProbability(double probability) {
    Draws draws = new Draws(1, 2, Augmentations.horizontalFlip(probability));
    int flipped = 0;
    int epochs = 4000;
    for (int epoch = 0; epoch < epochs; epoch++) {
      flipped += draws.of(epoch)[0] == draws.image[0] ? 0 : 1;
    }
    double deviation = Math.sqrt(probability * (1 - probability) / epochs);
    assertThat(flipped / (double) epochs).isCloseTo(probability, within(5 * deviation));
  }

  @Test
  void shiftsMoveByWholePixelsEachAsLikely() {
    Draws draws = new Draws(4, 3, Augmentations.shift(1, 2));
    Map<String, Integer> seen = new HashMap<>();
    int epochs = 6000;
    for (int epoch = 0; epoch < epochs; epoch++) {
      float[] found = draws.of(epoch);
      for (int down = -1; down <= 1; down++) {
        for (int right = -2; right <= 2; right++) {
          int y = down;
          int x = right;
          if (Arrays.equals(found, draws.by((c, row, col) -> draws.at(c, row - y, col - x)))) {
            seen.merge(down + " " + right, 1, Integer::sum);
          }
        }
      }
    }
    assertThat(seen).hasSize(15);
    assertThat(seen.values().stream().mapToInt(n -> n).sum()).isEqualTo(epochs);
    assertThat(seen.values()).allMatch(n -> Math.abs(n - 400) < 5 * 20);
  }

  @Test
  void aShiftBeyondTheImageLeavesNothing() {
    Draws draws = new Draws(2, 2, Augmentations.shift(50, 50));
    for (int epoch = 0; epoch < 200; epoch++) {
      float[] found = draws.of(epoch);
      if (found[0] == 0 && found[3] == 0) {
        assertThat(found).containsOnly(0);
        return;
      }
    }
    throw new AssertionError("100 of 101 shifts leave nothing, but none did");
  }

  @Test
  void cropsAreCutOutOfAPaddedImage() {
    int padding = 2;
    Draws draws = new Draws(3, 5, Augmentations.crop(padding));
    Draws shifted = new Draws(3, 5, Augmentations.shift(padding, padding));
    for (int epoch = 0; epoch < 100; epoch++) {
      float[] found = draws.of(epoch);
      boolean cut = false;
      for (int top = 0; top <= 2 * padding; top++) {
        for (int left = 0; left <= 2 * padding; left++) {
          int y = top - padding;
          int x = left - padding;
          cut |= Arrays.equals(found, draws.by((c, row, col) -> draws.at(c, row + y, col + x)));
        }
      }
      assertThat(cut).isTrue();
      assertThat(found).isEqualTo(shifted.of(epoch));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8})
  void quarterTurnsOfASquareAreExact(int side) {
    Draws quarter = new Draws(side, side, Augmentations.rotation(90, 90));
    assertThat(quarter.of(0))
        .isEqualTo(quarter.by((c, row, column) -> quarter.at(c, column, side - 1 - row)));
    Draws half = new Draws(side, side, Augmentations.rotation(180, 180));
    assertThat(half.of(0))
        .isEqualTo(half.by((c, row, column) -> half.at(c, side - 1 - row, side - 1 - column)));
    Draws back = new Draws(side, side, Augmentations.rotation(-90, -90));
    assertThat(back.of(0))
        .isEqualTo(back.by((c, row, column) -> back.at(c, side - 1 - column, row)));
  }

  /** Bilinear interpolation as a sum over all pixels, each weighted by its distance. */
  @ParameterizedTest
  @CsvSource({"30, 1", "-77.5, 1", "0, 1.7", "0, 0.6", "0, 1", "12, 1.25"})
  void turnsAndScalesInterpolate(double degrees, double factor) {
    int height = 6;
    int width = 7;
    Augmentation augmentation =
        factor == 1
            ? Augmentations.rotation(degrees, degrees)
            : degrees == 0
                ? Augmentations.scaling(factor, factor)
                : (image, random) ->
                    Resampling.apply(
                        image,
                        Math.cos(Math.toRadians(degrees)) / factor,
                        Math.sin(Math.toRadians(degrees)) / factor);
    Draws draws = new Draws(height, width, augmentation);
    double angle = Math.toRadians(degrees);
    float[] expected =
        draws.by(
            (channel, row, column) -> {
              double x = (column - 3) / factor;
              double y = (row - 2.5) / factor;
              double fromColumn = 3 + x * Math.cos(angle) - y * Math.sin(angle);
              double fromRow = 2.5 + x * Math.sin(angle) + y * Math.cos(angle);
              double sum = 0;
              for (int i = 0; i < height; i++) {
                for (int j = 0; j < width; j++) {
                  sum +=
                      Math.max(0, 1 - Math.abs(fromRow - i))
                          * Math.max(0, 1 - Math.abs(fromColumn - j))
                          * draws.at(channel, i, j);
                }
              }
              return (float) sum;
            });
    assertThat(draws.of(0)).usingComparatorWithPrecision(1e-5f).containsExactly(expected);
  }

  @Test
  void anglesAndFactorsStayInTheirRange() {
    // A ramp along the columns shows the angle by its slope.
    Shape shape = Shape.of(1, 9, 9);
    float[] ramp = new float[81];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = i % 9;
    }
    Dataset base = ArrayDataset.ofLabels(shape, ramp, new int[1], 1);
    double smallest = 1;
    double largest = 0;
    for (int epoch = 0; epoch < 2000; epoch++) {
      HostBatch batch = new HostBatch(base, 1);
      batch.beginEpoch(epoch);
      base.augmented(3, Augmentations.scaling(0.9, 1.1)).read(0, batch, 0);
      double slope = (batch.inputs()[42] - batch.inputs()[38]) / 4.0;
      assertThat(slope).isBetween(1 / 1.1 - 1e-6, 1 / 0.9 + 1e-6);
      base.augmented(3, Augmentations.rotation(20)).read(0, batch, 0);
      double sine = (batch.inputs()[4 + 9 * 2] - batch.inputs()[4 + 9 * 6]) / 4.0;
      smallest = Math.min(smallest, sine);
      largest = Math.max(largest, sine);
    }
    double limit = Math.sin(Math.toRadians(20));
    assertThat(smallest).isBetween(-limit - 1e-6, -limit + 0.01);
    assertThat(largest).isBetween(limit - 0.01, limit + 1e-6);
  }

  @Test
  void brightnessAddsOneNumber() {
    Draws draws = new Draws(3, 4, Augmentations.brightness(0.5));
    double sum = 0;
    for (int epoch = 0; epoch < 2000; epoch++) {
      float[] found = draws.of(epoch);
      double added = found[0] - draws.image[0];
      assertThat(added).isBetween(-0.5, 0.5);
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i] - draws.image[i]).isCloseTo((float) added, within(1e-5f));
      }
      sum += added;
    }
    assertThat(sum / 2000).isCloseTo(0, within(5 * 0.5 / Math.sqrt(3 * 2000)));
  }

  @Test
  void contrastKeepsTheMean() {
    Draws draws = new Draws(3, 4, Augmentations.contrast(0.25));
    double mean = mean(draws.image);
    for (int epoch = 0; epoch < 200; epoch++) {
      float[] found = draws.of(epoch);
      double factor = (found[0] - mean) / (draws.image[0] - mean);
      assertThat(factor).isBetween(0.75 - 1e-6, 1.25 + 1e-6);
      assertThat(mean(found)).isCloseTo(mean, within(1e-5));
      for (int i = 0; i < found.length; i++) {
        assertThat(found[i] - mean).isCloseTo(factor * (draws.image[i] - mean), within(1e-5));
      }
    }
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  @Test
  void noiseIsNormal() {
    Draws draws = new Draws(50, 100, Augmentations.gaussianNoise(0.2));
    float[] found = draws.of(3);
    double sum = 0;
    double squares = 0;
    int within = 0;
    for (int i = 0; i < found.length; i++) {
      double noise = found[i] - draws.image[i];
      sum += noise;
      squares += noise * noise;
      within += Math.abs(noise) < 0.2 ? 1 : 0;
    }
    int n = found.length;
    assertThat(sum / n).isCloseTo(0, within(5 * 0.2 / Math.sqrt(n)));
    assertThat(squares / n).isCloseTo(0.04, within(5 * 0.04 * Math.sqrt(2.0 / n)));
    assertThat(within / (double) n).isCloseTo(0.6827, within(5 * Math.sqrt(0.22 / n)));
  }

  @Test
  void cutoutTakesASquareAroundAnyPixel() {
    int height = 6;
    int width = 5;
    Draws draws = new Draws(height, width, Augmentations.cutout(3));
    Map<String, Integer> seen = new HashMap<>();
    for (int epoch = 0; epoch < 3000; epoch++) {
      float[] found = draws.of(epoch);
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int row = y;
          int column = x;
          float[] expected =
              draws.by(
                  (c, i, j) ->
                      Math.abs(i - row) <= 1 && Math.abs(j - column) <= 1 ? 0 : draws.at(c, i, j));
          if (Arrays.equals(found, expected)) {
            seen.merge(y + " " + x, 1, Integer::sum);
          }
        }
      }
    }
    assertThat(seen).hasSize(height * width);
    assertThat(seen.values().stream().mapToInt(n -> n).sum()).isEqualTo(3000);
    assertThat(seen.values()).allMatch(n -> n > 50 && n < 150);
  }

  @Test
  void aCutoutInTheMiddleHasTheSquaresArea() {
    Draws draws = new Draws(32, 32, Augmentations.cutout(16));
    int largest = 0;
    for (int epoch = 0; epoch < 200; epoch++) {
      largest = Math.max(largest, zeros(draws.of(epoch)));
    }
    assertThat(largest).isEqualTo(CHANNELS * 16 * 16);
  }

  private static int zeros(float[] values) {
    int zeros = 0;
    for (float value : values) {
      zeros += value == 0 ? 1 : 0;
    }
    return zeros;
  }

  @Test
  void erasedRectanglesHaveTheArticlesArea() {
    int side = 60;
    Draws draws = new Draws(side, side, Augmentations.randomErasing(0.5));
    int erased = 0;
    double areas = 0;
    for (int epoch = 0; epoch < 1000; epoch++) {
      float[] found = draws.of(epoch);
      int zeros = zeros(found) / CHANNELS;
      if (zeros > 0) {
        erased++;
        areas += zeros / (double) (side * side);
        assertThat(zeros / (double) (side * side)).isBetween(0.015, 0.34);
        assertThat(found).isEqualTo(rectangleErased(draws, found));
      }
    }
    assertThat(erased).isBetween(420, 580);
    assertThat(areas / erased).isCloseTo((0.02 + 0.33) / 2, within(0.02));
  }

  /** The image without the smallest rectangle that holds all that is 0. */
  private static float[] rectangleErased(Draws draws, float[] found) {
    int width = draws.shape.size(2);
    int plane = width * draws.shape.size(1);
    int top = Integer.MAX_VALUE;
    int bottom = -1;
    int left = Integer.MAX_VALUE;
    int right = -1;
    for (int i = 0; i < plane; i++) {
      if (found[i] == 0) {
        top = Math.min(top, i / width);
        bottom = Math.max(bottom, i / width);
        left = Math.min(left, i % width);
        right = Math.max(right, i % width);
      }
    }
    int[] edges = {top, bottom, left, right};
    return draws.by(
        (c, row, column) ->
            row >= edges[0] && row <= edges[1] && column >= edges[2] && column <= edges[3]
                ? 0
                : draws.at(c, row, column));
  }

  @Test
  void augmentationsOfOnesOwnAreLambdas() {
    Augmentation negative =
        (image, random) -> {
          for (int i = 0; i < image.length(); i++) {
            image.values()[image.index(0, 0, 0) + i] *= -1;
          }
        };
    Draws draws = new Draws(2, 2, Augmentations.randomApply(0.5, negative));
    int negated = 0;
    for (int epoch = 0; epoch < 1000; epoch++) {
      negated += draws.of(epoch)[3] < 0 ? 1 : 0;
    }
    assertThat(negated).isBetween(420, 580);
  }

  @Test
  void wrongSettingsAreRefused() {
    refused(
        () -> Augmentations.horizontalFlip(1.5),
        "horizontalFlip: a probability is 0 to 1, not 1.5");
    refused(() -> Augmentations.verticalFlip(Double.NaN), "verticalFlip: a probability is 0 to 1");
    refused(() -> Augmentations.crop(-1), "crop: needs a number of pixels of at least 0, not -1");
    refused(
        () -> Augmentations.shift(3, -2), "shift: needs a number of pixels of at least 0, not -2");
    refused(
        () -> Augmentations.rotation(-5),
        "rotation: needs finite degrees in order, not 5.0 to -5.0");
    refused(() -> Augmentations.scaling(0, 1), "scaling: factors must be above 0, not 0.0");
    refused(
        () -> Augmentations.scaling(2, 1),
        "scaling: needs finite factors in order, not 2.0 to 1.0");
    refused(
        () -> Augmentations.brightness(-1),
        "brightness: needs a finite number of at least 0, not -1.0");
    refused(() -> Augmentations.contrast(1.1), "contrast: the change must be 0 to 1, not 1.1");
    refused(() -> Augmentations.gaussianNoise(Double.NaN), "gaussianNoise: needs a finite number");
    refused(() -> Augmentations.cutout(0), "cutout: a side needs at least 1 pixel, not 0");
    refused(
        () -> Augmentations.randomErasing(-0.1),
        "randomErasing: a probability is 0 to 1, not -0.1");
    refused(
        () -> Augmentations.randomApply(2, (image, random) -> {}),
        "randomApply: a probability is 0 to 1, not 2.0");
  }

  private static void refused(Runnable call, String message) {
    assertThatThrownBy(call::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void anAugmentationDrawsFromItsGeneratorAlone() {
    Draws draws = new Draws(4, 4, (image, random) -> image.fill(0, 0, 4, 4, random.nextFloat()));
    float expected = new Generator(5, Streams.augmentation(17, 0)).nextFloat();
    assertThat(draws.of(17)).containsOnly(expected);
  }
}
