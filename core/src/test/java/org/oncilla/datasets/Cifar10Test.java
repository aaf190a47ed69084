package org.oncilla.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.data.DataException;
import org.oncilla.data.ImageDataset;
import org.oncilla.file.FileFormatException;
import org.oncilla.tensor.Shape;

/** The layouts of CIFAR-10, with a few random images of 2 × 2 pixels. */
class Cifar10Test {
  private static final int IMAGES = 3;
  private static final int PLANE = 4;
  private static final int RECORD = 1 + 3 * PLANE;
  private static final List<String> NAMES =
      List.of("data_batch_1.bin", "data_batch_2.bin", "test_batch.bin");

  @TempDir Path folder;

  private static byte pixel(int batch, int image, int channel, int i) {
    return (byte) (batch * 91 + image * 37 + channel * 101 + i * 53 + 7);
  }

  private static int label(int batch, int image) {
    return (3 * batch + image) % 10;
  }

  private static byte[] records(int batch) {
    byte[] records = new byte[IMAGES * RECORD];
    for (int image = 0; image < IMAGES; image++) {
      records[image * RECORD] = (byte) label(batch, image);
      for (int channel = 0; channel < 3; channel++) {
        for (int i = 0; i < PLANE; i++) {
          records[image * RECORD + 1 + channel * PLANE + i] = pixel(batch, image, channel, i);
        }
      }
    }
    return records;
  }

  private static DataFile file(int batch) {
    byte[] bytes = records(batch);
    return new DataFile(NAMES.get(batch), bytes.length, DataFile.md5(bytes));
  }

  private static Map<DataFile, byte[]> contents(int... batches) {
    Map<DataFile, byte[]> contents = new LinkedHashMap<>();
    for (int batch : batches) {
      contents.put(file(batch), records(batch));
    }
    return contents;
  }

  /** As the npm package has them. */
  private void writePictures(Path into) throws IOException {
    StringJoiner train = new StringJoiner(",", "[", "]");
    StringJoiner test = new StringJoiner(",", "[", "]");
    for (int batch = 0; batch < NAMES.size(); batch++) {
      BufferedImage picture = new BufferedImage(PLANE, IMAGES, BufferedImage.TYPE_INT_RGB);
      for (int image = 0; image < IMAGES; image++) {
        (batch == 2 ? test : train).add("" + label(batch, image));
        for (int i = 0; i < PLANE; i++) {
          int rgb = 0;
          for (int channel = 0; channel < 3; channel++) {
            rgb = rgb << 8 | pixel(batch, image, channel, i) & 0xFF;
          }
          picture.setRGB(i, image, rgb);
        }
      }
      ImageIO.write(picture, "png", into.resolve(NAMES.get(batch).replace("bin", "png")).toFile());
    }
    Files.writeString(into.resolve("train_lables.json"), train.toString());
    Files.writeString(into.resolve("test_lables.json"), test + "\n");
  }

  @Test
  void recordsBecomeImages() throws IOException {
    List<DataFile> files = List.of(file(0), file(1), file(2));
    assertThat(ImageFormat.CIFAR.trainingFiles(files)).containsExactly(file(0), file(1));
    assertThat(ImageFormat.CIFAR.testFiles(files)).containsExactly(file(2));
    ImageDataset images = ImageFormat.CIFAR.parse(contents(0, 1), Shape.of(3, 2, 2), 10);
    assertThat(images.size()).isEqualTo(2 * IMAGES);
    for (int n = 0; n < images.size(); n++) {
      assertThat(images.label(n)).isEqualTo(label(n / IMAGES, n % IMAGES));
      byte[] pixels = images.pixels(n);
      for (int i = 0; i < pixels.length; i++) {
        assertThat(pixels[i]).isEqualTo(pixel(n / IMAGES, n % IMAGES, i / PLANE, i % PLANE));
      }
    }
  }

  @Test
  void recordsThatAreNone() {
    assertThatThrownBy(() -> ImageFormat.CIFAR.parse(contents(0), Shape.of(3, 3, 3), 10))
        .isInstanceOf(FileFormatException.class)
        .hasMessage("data_batch_1.bin: expected records of 28 bytes but found 39 bytes");
    assertThatThrownBy(() -> ImageFormat.CIFAR.parse(contents(0, 1), Shape.of(3, 2, 2), 5))
        .isInstanceOf(FileFormatException.class)
        .hasMessage("data_batch_2.bin: image 2 has label 5, but there are 5 classes");
  }

  @Test
  void aFolderMayHoldTheArchivesFolder() throws IOException {
    Path inner = Files.createDirectory(folder.resolve("cifar-10-batches-bin"));
    Files.write(inner.resolve(NAMES.get(1)), records(1));
    assertThat(new Cifar10Layout().read(folder, file(1))).isEqualTo(records(1));
    assertThat(new Cifar10Layout().read(inner, file(1))).isEqualTo(records(1));
  }

  @Test
  void aFolderMayHoldPictures() throws IOException {
    writePictures(folder);
    for (int batch = 0; batch < NAMES.size(); batch++) {
      assertThat(new Cifar10Layout().read(folder, file(batch))).isEqualTo(records(batch));
    }
  }

  @Test
  void picturesThatAreDamaged() throws IOException {
    Cifar10Layout layout = new Cifar10Layout();
    assertThatThrownBy(() -> layout.read(folder, file(0)))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("it holds neither data_batch_1.bin nor data_batch_1.bin.gz");
    writePictures(folder);
    DataFile other = new DataFile(NAMES.get(0), IMAGES * RECORD, "00");
    Path picture = folder.resolve("data_batch_1.png");
    assertThatThrownBy(() -> layout.read(folder, other))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining(picture + ": expected MD5 00");
    Files.writeString(folder.resolve("train_lables.json"), "[1,2,3,4]");
    assertThatThrownBy(() -> layout.read(folder, file(1)))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("expected labels for 6 images but found 4");
    Files.writeString(folder.resolve("train_lables.json"), "[1,x]");
    assertThatThrownBy(() -> layout.read(folder, file(0)))
        .hasMessageContaining("expected a list of digits but found 'x'");
    Files.writeString(picture, "no picture");
    assertThatThrownBy(() -> layout.read(folder, file(0)))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining(picture + ": the image is damaged: ");
    ImageIO.write(new BufferedImage(2, 2, BufferedImage.TYPE_BYTE_GRAY), "png", picture.toFile());
    assertThatThrownBy(() -> layout.read(folder, file(0)))
        .hasMessageContaining(picture + ": expected red, green and blue but found 1 channels");
  }

  @Test
  void theDataSetIsKnownByName() {
    assertThat(PublishedDataset.named("cifar10")).isSameAs(Cifar10.DATASET);
    assertThat(Cifar10.DATASET.inputShape()).isEqualTo(Shape.of(3, 32, 32));
    assertThat(Cifar10.DATASET.classNames()).hasSize(10).startsWith("airplane").endsWith("truck");
    assertThatThrownBy(() -> Cifar10.test(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("CIFAR-10 was not found. Tried:\n  1. the given folder " + folder)
        .hasMessageContaining("What to do: install npm, or unpack")
        .hasMessageContaining("data_batch_5.bin, test_batch.bin (plain or .gz) into a folder");
    assertThatThrownBy(() -> Cifar10.train(folder)).isInstanceOf(DataException.class);
  }
}
