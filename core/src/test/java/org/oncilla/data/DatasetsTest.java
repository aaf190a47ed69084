package org.oncilla.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.oncilla.tensor.Shape;

class DatasetsTest {
  private static final Shape TINY = Shape.of(2, 1, 2);
  private static final byte[] PIXELS = {0, 51, 102, (byte) 153, (byte) 204, (byte) 255, 1, 2};

  private static ImageDataset images() {
    return ImageDataset.of(TINY, PIXELS, new int[] {2, 0}, 3);
  }

  private static IdxFile idx(int type, int[] dimensions, byte... values) throws IOException {
    byte[] bytes = new byte[4 + 4 * dimensions.length + values.length];
    bytes[2] = (byte) type;
    bytes[3] = (byte) dimensions.length;
    for (int i = 0; i < dimensions.length; i++) {
      bytes[4 + 4 * i + 3] = (byte) dimensions[i];
    }
    System.arraycopy(values, 0, bytes, bytes.length - values.length, values.length);
    return IdxFile.parse("file" + dimensions.length, bytes);
  }

  @Test
  void pixelsAreScaledToUnitRange() {
    HostBatch batch = new HostBatch(images(), 2);
    images().read(1, batch, 0);
    images().read(0, batch, 1);
    float[] expected = {0.8f, 1f, 1 / 255f, 2 / 255f, 0f, 0.2f, 0.4f, 0.6f};
    for (int i = 0; i < expected.length; i++) {
      assertThat(batch.inputs()[i]).isCloseTo(expected[i], within(1e-7f));
    }
    assertThat(batch.labels()).containsExactly(0, 2);
  }

  @Test
  void pixelsAreNormalizedPerChannel() {
    ImageDataset normalized =
        images()
            .normalized(Normalization.perChannel(new float[] {0.5f, 0.1f}, new float[] {2, 0.25f}));
    HostBatch batch = new HostBatch(normalized, 1);
    normalized.read(0, batch, 0);
    double[] expected = {(0 - 0.5) / 2, (0.2 - 0.5) / 2, (0.4 - 0.1) / 0.25, (0.6 - 0.1) / 0.25};
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) batch.inputs()[i]).isCloseTo(expected[i], within(1e-6));
    }
    assertThat(normalized.normalization().apply(1, 102)).isEqualTo(batch.inputs()[2]);
    assertThat(normalized.pixels(0)).containsExactly(0, 51, 102, 153);
    assertThat(normalized.label(0)).isEqualTo(2);
  }

  @Test
  void oneNormalizationServesAllChannels() {
    ImageDataset normalized = images().normalized(Normalization.of(0.1307f, 0.3081f));
    HostBatch batch = new HostBatch(normalized, 1);
    normalized.read(1, batch, 0);
    assertThat(batch.inputs()[1]).isCloseTo((1 - 0.1307f) / 0.3081f, within(1e-6f));
    assertThat(batch.inputs()[2]).isCloseTo((1 / 255f - 0.1307f) / 0.3081f, within(1e-6f));
  }

  @Test
  void imagesDescribeThemselves() {
    assertThat(images().size()).isEqualTo(2);
    assertThat(images().inputShape()).isEqualTo(TINY);
    assertThat(images().targetShape()).isEqualTo(Shape.SCALAR);
    assertThat(images().hasLabels()).isTrue();
    assertThat(images().classes()).isEqualTo(3);
    assertThat(images().shuffled(42).batches(64).count()).isEqualTo(1);
  }

  @Test
  void thereIsNoSampleBeyondTheEnd() {
    HostBatch batch = new HostBatch(images(), 1);
    assertThatThrownBy(() -> images().read(2, batch, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> images().pixels(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void aLabelOutOfRange() {
    assertThatThrownBy(() -> ImageDataset.of(TINY, PIXELS, new int[] {0, 3}, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ImageDataset: sample 1 has label 3, but 3 classes allow 0 … 2");
    assertThatThrownBy(
            () -> ArrayDataset.ofLabels(Shape.of(1), new float[3], new int[] {0, 1, -1}, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ArrayDataset: sample 2 has label -1, but 2 classes allow 0 … 1");
    assertThatThrownBy(() -> ImageDataset.of(TINY, PIXELS, new int[] {0, 0}, 0))
        .hasMessage("ImageDataset: at least 1 class is needed, not 0");
  }

  @Test
  void pixelsThatDoNotFit() {
    assertThatThrownBy(() -> ImageDataset.of(TINY, new byte[7], new int[2], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ImageDataset: 2 images of shape [2, 1, 2] need 8 pixels, not 7");
    assertThatThrownBy(() -> ImageDataset.of(TINY, new byte[0], new int[0], 1))
        .hasMessageContaining("give at least 1 image");
    assertThatThrownBy(() -> ImageDataset.of(Shape.of(28, 28), new byte[784], new int[1], 1))
        .hasMessage("ImageDataset: an image has the shape [channels, height, width], not [28, 28]");
  }

  @Test
  void normalizationsThatDoNotFit() {
    Normalization three = Normalization.perChannel(new float[3], new float[] {1, 1, 1});
    assertThatThrownBy(() -> images().normalized(three))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 channels does not fit images of shape [2, 1, 2]");
    assertThatThrownBy(() -> Normalization.of(0, 0))
        .hasMessageContaining("channel 0 has mean 0.0 and deviation 0.0");
    assertThatThrownBy(() -> Normalization.of(Float.NaN, 1)).hasMessageContaining("mean NaN");
    assertThatThrownBy(() -> Normalization.perChannel(new float[2], new float[1]))
        .hasMessageContaining("2 means and 1 deviations");
  }

  @Test
  void imagesFromIdxFiles() throws IOException {
    IdxFile pixels = idx(8, new int[] {2, 1, 2}, (byte) 0, (byte) 255, (byte) 51, (byte) 102);
    ImageDataset data = ImageDataset.ofIdx(pixels, idx(8, new int[] {2}, (byte) 1, (byte) 0), 2);
    assertThat(data.inputShape()).isEqualTo(Shape.of(1, 1, 2));
    HostBatch batch = new HostBatch(data, 2);
    data.read(0, batch, 0);
    data.read(1, batch, 1);
    assertThat(batch.inputs()).containsExactly(0f, 1f, 0.2f, 0.4f);
    assertThat(batch.labels()).containsExactly(1, 0);
  }

  @Test
  void idxFilesThatDoNotGoTogether() throws IOException {
    IdxFile pixels = idx(8, new int[] {2, 1, 1}, (byte) 0, (byte) 1);
    IdxFile three = idx(8, new int[] {3}, (byte) 0, (byte) 0, (byte) 0);
    assertThatThrownBy(() -> ImageDataset.ofIdx(pixels, three, 2))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "file1: expected labels of dimensions [2] for the images of file3 but found [3]");
    assertThatThrownBy(() -> ImageDataset.ofIdx(three, three, 2))
        .hasMessage("file1: expected images of dimensions [count, height, width] but found [3]");
    IdxFile wrong = idx(8, new int[] {2}, (byte) 0, (byte) 200);
    assertThatThrownBy(() -> ImageDataset.ofIdx(pixels, wrong, 10))
        .isInstanceOf(DataException.class)
        .hasMessage("file1: sample 1 has label 200, but 10 classes allow 0 … 9");
  }

  @Test
  void arraysWithTargets() {
    ArrayDataset data =
        ArrayDataset.ofTargets(
            Shape.of(2), new float[] {1, 2, 3, 4}, Shape.of(1), new float[] {10, 20});
    assertThat(data.hasLabels()).isFalse();
    assertThat(data.classes()).isZero();
    HostBatch batch = new HostBatch(data, 2);
    data.read(1, batch, 0);
    data.read(0, batch, 1);
    assertThat(batch.inputs()).containsExactly(3, 4, 1, 2);
    assertThat(batch.targets()).containsExactly(20, 10);
    assertThatThrownBy(() -> data.read(2, batch, 0)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void arraysWithLabels() {
    int[] labels = {1, 0};
    ArrayDataset data = ArrayDataset.ofLabels(Shape.of(2), new float[] {1, 2, 3, 4}, labels, 2);
    labels[0] = 77;
    HostBatch batch = new HostBatch(data, 1);
    data.read(0, batch, 0);
    assertThat(batch.inputs()).containsExactly(1, 2);
    assertThat(batch.labels()).containsExactly(1);
  }

  @Test
  void arraysOfIndices() {
    int[] words = {7, 0, 3, 4, 1, 1};
    ArrayDataset data = ArrayDataset.ofLabels(Shape.of(3), words, new int[] {1, 0}, 2);
    Dataset view = data.shuffled(1).range(0, 2);
    assertThat(view.hasIndices()).isTrue();
    assertThat(view.inputShape()).isEqualTo(Shape.of(3));
    HostBatch batch = new HostBatch(view, 2);
    view.read(1, batch, 0);
    view.read(0, batch, 1);
    assertThat(batch.indices()).containsExactly(4, 1, 1, 7, 0, 3);
    assertThat(batch.inputs()).isNull();
    assertThat(batch.labels()).containsExactly(0, 1);
    ArrayDataset valued =
        ArrayDataset.ofTargets(Shape.of(3), words, Shape.of(1), new float[] {5, 6});
    HostBatch one = new HostBatch(valued, 1);
    valued.read(1, one, 0);
    assertThat(one.indices()).containsExactly(4, 1, 1);
    assertThat(one.targets()).containsExactly(6);
    assertThatThrownBy(() -> ArrayDataset.ofLabels(Shape.of(4), words, new int[] {1, 0}, 2))
        .hasMessage("ArrayDataset: 2 samples with inputs of shape [4] need 8 values, not 6");
  }

  @Test
  void indicesAreNoValues() {
    ArrayDataset grid = ArrayDataset.ofLabels(Shape.of(1, 1, 2), new int[4], new int[] {1, 0}, 2);
    assertThatThrownBy(() -> grid.mixup(1, 0.2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mixup: mixes values, but the inputs of shape [1, 1, 2] are indices");
    assertThatThrownBy(() -> grid.augmented(1, Augmentations.horizontalFlip(0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("but inputs are indices of shape [1, 1, 2]");
  }

  @Test
  void arraysThatDoNotFit() {
    assertThatThrownBy(() -> ArrayDataset.ofLabels(Shape.of(2), new float[3], new int[2], 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("ArrayDataset: 2 samples with inputs of shape [2] need 4 values, not 3");
    assertThatThrownBy(
            () -> ArrayDataset.ofTargets(Shape.of(2), new float[4], Shape.of(3), new float[5]))
        .hasMessage("ArrayDataset: 2 samples with targets of shape [3] need 6 values, not 5");
    assertThatThrownBy(
            () -> ArrayDataset.ofTargets(Shape.of(2), new float[0], Shape.of(3), new float[0]))
        .hasMessageContaining("give at least 1 sample");
  }

  @Test
  void targetsInPlaceOfLabels() {
    Dataset twice = images().withTargets(label -> new float[] {2 * label, -label});
    assertThat(twice.hasLabels()).isFalse();
    assertThat(twice.classes()).isZero();
    assertThat(twice.targetShape()).isEqualTo(Shape.of(2));
    HostBatch batch = new HostBatch(twice, 2);
    twice.read(1, batch, 0);
    twice.read(0, batch, 1);
    assertThat(batch.inputs()[0]).isCloseTo(0.8f, within(1e-7f));
    assertThat(batch.inputs()[5]).isCloseTo(0.2f, within(1e-7f));
    assertThat(batch.targets()).containsExactly(0, 0, 4, -2);
  }

  @Test
  void oneHotTargets() {
    Dataset oneHot = images().oneHot();
    HostBatch batch = new HostBatch(oneHot, 2);
    oneHot.read(0, batch, 0);
    oneHot.read(1, batch, 1);
    assertThat(batch.targets()).containsExactly(0, 0, 1, 1, 0, 0);
    assertThatThrownBy(oneHot::oneHot)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("withTargets: the samples need one class label each")
        .hasMessageContaining("values of shape [3]");
    assertThatThrownBy(() -> images().withTargets(label -> new float[label + 1]))
        .hasMessageContaining("label 1 has 2 values and label 0 has 1");
  }

  @Test
  void theLastBatchMayBeDropped() {
    Dataset seven =
        ArrayDataset.ofLabels(Shape.of(1), new float[] {0, 1, 2, 3, 4, 5, 6}, new int[7], 1);
    assertThat(sizes(seven.batches(3))).containsExactly(3, 3, 1);
    assertThat(sizes(seven.batches(3).dropLast())).containsExactly(3, 3);
    assertThat(sizes(seven.batches(7).dropLast())).containsExactly(7);
    assertThat(sizes(seven.batches(10).dropLast())).containsExactly(7);
  }

  private static List<Integer> sizes(Batches batches) {
    List<Integer> sizes = new ArrayList<>();
    try (BatchReader reader = batches.open(0)) {
      for (HostBatch batch = reader.next(); batch != null; batch = reader.next()) {
        sizes.add(batch.size());
      }
    }
    assertThat(sizes).hasSize(batches.count());
    return sizes;
  }
}
