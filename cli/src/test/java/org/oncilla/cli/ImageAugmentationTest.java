package org.oncilla.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.oncilla.cli.zoo.ImageAugmentation;
import org.oncilla.cli.zoo.Recipe;
import org.oncilla.cli.zoo.ZooModel;
import org.oncilla.data.ArrayDataset;
import org.oncilla.data.Dataset;
import org.oncilla.data.HostBatch;
import org.oncilla.datasets.Cifar10;
import org.oncilla.datasets.DataSources;
import org.oncilla.datasets.FashionMnist;
import org.oncilla.datasets.Mnist;
import org.oncilla.datasets.PublishedDataset;
import org.oncilla.tensor.Shape;

/** Which random changes of images there are, and which are the usual ones. */
class ImageAugmentationTest {
  private static final int SIDE = 9;
  private static final int COUNT = 300;

  /** A mirrored digit is another sign or none. */
  @Test
  void onlyImagesThatMayBeMirroredAre() {
    Recipe photographs = ZooModel.RESNET20.recipe();
    Map<PublishedDataset, String> expected =
        Map.of(
            Mnist.DATASET, "crop", FashionMnist.DATASET, "crop,flip", Cifar10.DATASET, "crop,flip");
    expected.forEach(
        (dataset, names) -> {
          DataChoice choice = new DataChoice.Published(dataset, DataSources.directory(Path.of("")));
          assertThat(ImageAugmentation.write(photographs.augmentations(choice.mirrorable())))
              .as(dataset.name())
              .isEqualTo(names);
        });
    assertThat(new IdxFolder(Path.of("")).mirrorable()).isFalse();
    assertThat(ZooModel.LENET5.recipe().augmentations(true)).isEmpty();
  }

  @Test
  void brightnessAddsOneNumberToAnImage() {
    Set<Float> added = new HashSet<>();
    for (float[] image : augmented("brightness")) {
      added.add(image[0]);
      for (int i = 0; i < image.length; i++) {
        assertThat(image[i] - image[0]).isCloseTo(i == 4 * SIDE + 4 ? 1 : 0, within(1e-6f));
      }
    }
    assertThat(added).hasSizeGreaterThan(COUNT / 2).allMatch(number -> Math.abs(number) <= 0.2f);
    assertThat(added).anyMatch(number -> number > 0.15).anyMatch(number -> number < -0.15);
  }

  @Test
  void aShiftMovesByTwoPixelsAtMost() {
    Set<Integer> places = new HashSet<>();
    for (float[] image : augmented("shift")) {
      int place = IntStream.range(0, image.length).filter(i -> image[i] == 1).findFirst().orElse(0);
      assertThat(Math.abs(place / SIDE - 4)).isLessThanOrEqualTo(2);
      assertThat(Math.abs(place % SIDE - 4)).isLessThanOrEqualTo(2);
      places.add(place);
    }
    assertThat(places).hasSize(25);
  }

  @Test
  void namesAreListedAsInASentence() {
    assertThat(ImageAugmentation.list(ImageAugmentation.read("crop"))).isEqualTo("crop");
    assertThat(ImageAugmentation.list(ImageAugmentation.read("crop,shift")))
        .isEqualTo("crop and shift");
    assertThat(ImageAugmentation.list(List.of(ImageAugmentation.values())))
        .isEqualTo("crop, shift, flip, rotation, scaling, brightness, contrast, noise and cutout");
  }

  /** One image with a single pixel of 1 in the middle, changed in many ways. */
  private static float[][] augmented(String name) {
    float[] images = new float[COUNT * SIDE * SIDE];
    for (int i = 0; i < COUNT; i++) {
      images[i * SIDE * SIDE + 4 * SIDE + 4] = 1;
    }
    Dataset data =
        ArrayDataset.ofLabels(Shape.of(1, SIDE, SIDE), images, new int[COUNT], 2)
            .augmented(7, ImageAugmentation.read(name).get(0).augmentation());
    HostBatch batch = new HostBatch(data, COUNT);
    for (int i = 0; i < COUNT; i++) {
      data.read(i, batch, i);
    }
    float[][] changed = new float[COUNT][];
    Arrays.setAll(
        changed, i -> Arrays.copyOfRange(batch.inputs(), i * SIDE * SIDE, (i + 1) * SIDE * SIDE));
    return changed;
  }
}
