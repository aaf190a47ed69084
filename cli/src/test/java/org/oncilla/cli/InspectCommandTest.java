package org.oncilla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.cli.drawing.TileSheet;
import org.oncilla.formats.CheckpointFile;
import org.oncilla.io.Checkpoints;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Linear;
import org.oncilla.nn.MaxPool2d;
import org.oncilla.nn.Module;
import org.oncilla.nn.NamedModule;
import org.oncilla.nn.ReLU;
import org.oncilla.nn.Sequential;
import org.oncilla.tensor.Scope;
import org.oncilla.tensor.Shape;
import org.oncilla.tensor.Tensor;

/** What {@code inspect} draws and prints of a model whose weights are known. */
class InspectCommandTest {
  private static final int SIDE = TinyImages.SIDE;
  private static final int INDEX = 4;
  private static final int LABELS_HEADER = 8;
  private static final int IMAGES_HEADER = 16;

  /** A step from left to right, and twice the pixel less one. */
  private static final float[] KERNELS = {
    -1, 0, 1, -2, 0, 2, -1, 0, 1, 0, 0, 0, 0, 2, 0, 0, 0, 0,
  };

  private static final float[] BIASES = {0, -1};

  @TempDir static Path data;
  @TempDir Path folder;

  private static Path model;
  private static int[] labels;
  private static double[] pixels;

  @BeforeAll
  static void saveModel() throws IOException {
    TinyImages.write(data);
    model = data.resolve("known.safetensors");
    try (Backend backend = Backends.open("cpu");
        Module network = network().initialize(backend, Shape.of(1, SIDE, SIDE), 1)) {
      network.parameters().find("0.weight").value().copyFrom(KERNELS);
      network.parameters().find("0.bias").value().copyFrom(BIASES);
      // The second class, whatever the picture.
      network.parameters().find("4.weight").value().copyFrom(new float[2 * 13 * 13 * 3]);
      network.parameters().find("4.bias").value().copyFrom(new float[] {0, 3, -1});
      CheckpointFile.save(model, Checkpoints.of(network));
    }
    byte[] labelFile = Files.readAllBytes(data.resolve("t10k-labels-idx1-ubyte"));
    labels = new int[labelFile.length - LABELS_HEADER];
    Arrays.setAll(labels, i -> labelFile[LABELS_HEADER + i]);
    byte[] imageFile = Files.readAllBytes(data.resolve("t10k-images-idx3-ubyte"));
    pixels = new double[SIDE * SIDE];
    Arrays.setAll(pixels, i -> imageFile[IMAGES_HEADER + INDEX * SIDE * SIDE + i] & 0xFF);
  }

  private static Module network() {
    return new Sequential(
        new Conv2d(2, 3), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(3));
  }

  private static Cli.Result inspect(Path file, Object... more) {
    Object[] first = {
      "inspect", file, "--data", "idx", "--data-dir", data, "--backend", "cpu",
    };
    Object[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return Cli.run(all);
  }

  private BufferedImage picture(String name) throws IOException {
    return ImageIO.read(folder.resolve(name).toFile());
  }

  /** The colour in the middle of a pixel of a tile. */
  private static int color(BufferedImage picture, Rectangle tile, int side, int x, int y) {
    int zoom = tile.width / side;
    return picture.getRGB(tile.x + x * zoom + zoom / 2, tile.y + y * zoom + zoom / 2) & 0xFFFFFF;
  }

  // ---- pictures of the known model

  @Test
  void drawsEveryPictureAndSaysWhere() {
    Cli.Result result = inspect(model, "--out", folder, "--index", INDEX).ok();
    assertThat(result.out())
        .contains("data      IDX files: 90 test images, from ")
        .containsPattern("backend +cpu: .*asked for by name")
        .contains(
            "pictures  "
                + folder
                + ": confusion.png, input.png, maps-01-ReLU.png, maps-02-MaxPool2d.png,"
                + " maps-04-Linear.png, filters-00-Conv2d.png");
    assertThat(folder.toFile().list()).hasSize(6);
  }

  @Test
  void withoutOutThePicturesAreBesideTheModel() {
    inspect(model).ok();
    assertThat(data.resolve("known-inspect").resolve("filters-00-Conv2d.png")).exists();
  }

  @Test
  void filtersAreBlueBelowZeroAndRedAbove() throws IOException {
    inspect(model, "--out", folder).ok();
    BufferedImage picture = picture("filters-00-Conv2d.png");
    try (Backend backend = Backends.open("cpu");
        Module network = Checkpoints.model(CheckpointFile.load(model), backend)) {
      Map<NamedModule, TileSheet> sheets = FilterSheets.of(network);
      assertThat(sheets.keySet().stream().map(NamedModule::path)).containsExactly("0");
      TileSheet sheet = sheets.values().iterator().next();
      // The largest weight is 2, so −2, −1, 0, 1, 2 are the five colours of the scale.
      int[] colors = {0x0571b0, 0x92c5de, 0xf7f7f7, 0xf4a582, 0xca0020};
      for (int filter = 0; filter < 2; filter++) {
        Rectangle place = sheet.place(filter, 0);
        assertThat(place.width).isEqualTo(72);
        for (int i = 0; i < 9; i++) {
          assertThat(color(picture, place, 3, i % 3, i / 3))
              .isEqualTo(colors[2 + (int) KERNELS[9 * filter + i]]);
        }
      }
    }
  }

  /** The feature maps of convolution and ReLU, computed anew in double precision. */
  @Test
  void featureMapsAreThoseOfTheImage() throws IOException {
    inspect(model, "--out", folder, "--index", INDEX).ok();
    BufferedImage picture = picture("maps-01-ReLU.png");
    double[][] maps = featureMaps();
    double largest = Arrays.stream(maps).flatMapToDouble(Arrays::stream).max().orElseThrow();
    int side = SIDE - 2;
    TileSheet sheet = sheetOfMaps(maps, side);
    for (int map = 0; map < 2; map++) {
      Rectangle place = sheet.place(map, 0);
      assertThat(place.width).isEqualTo(side * sheet.zoom());
      for (int i = 0; i < side * side; i++) {
        int found = color(picture, place, side, i % side, i / side);
        close(found, inferno(maps[map][i] / largest));
      }
    }
  }

  /** A sheet of the same sizes tells where tiles are. */
  private static TileSheet sheetOfMaps(double[][] maps, int side) throws IOException {
    float[] values = new float[2 * side * side];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) maps[i / (side * side)][i % (side * side)];
    }
    try (Backend backend = Backends.open("cpu");
        Module network = Checkpoints.model(CheckpointFile.load(model), backend);
        Scope scope = Scope.open()) {
      Tensor any = Tensor.uniform(backend, Shape.of(1, 1, SIDE, SIDE), 1, 0, 0, 1);
      return (TileSheet)
          FeatureMapSheets.of(network, any, "test image 4 (0)", List.of("0", "1", "2"))
              .values()
              .iterator()
              .next();
    }
  }

  private static double[][] featureMaps() throws IOException {
    byte[] train = Files.readAllBytes(data.resolve("train-images-idx3-ubyte"));
    double sum = 0;
    double squares = 0;
    int count = train.length - IMAGES_HEADER;
    for (int i = IMAGES_HEADER; i < train.length; i++) {
      double pixel = (train[i] & 0xFF) / 255.0;
      sum += pixel;
      squares += pixel * pixel;
    }
    double mean = sum / count;
    double deviation = Math.sqrt(squares / count - mean * mean);
    int side = SIDE - 2;
    double[][] maps = new double[2][side * side];
    for (int map = 0; map < 2; map++) {
      for (int i = 0; i < side * side; i++) {
        double z = BIASES[map];
        for (int k = 0; k < 9; k++) {
          double pixel = pixels[(i / side + k / 3) * SIDE + i % side + k % 3] / 255;
          z += KERNELS[9 * map + k] * (pixel - mean) / deviation;
        }
        maps[map][i] = Math.max(0, z);
      }
    }
    return maps;
  }

  /** Between five colours, channel by channel. */
  private static double[] inferno(double position) {
    double[][] anchors = {{0, 0, 4}, {87, 16, 110}, {188, 55, 84}, {249, 142, 9}, {252, 255, 164}};
    int lower = (int) Math.min(3, position * 4);
    double[] rgb = new double[3];
    for (int c = 0; c < 3; c++) {
      rgb[c] =
          anchors[lower][c] + (position * 4 - lower) * (anchors[lower + 1][c] - anchors[lower][c]);
    }
    return rgb;
  }

  private static void close(int rgb, double[] expected) {
    for (int c = 0; c < 3; c++) {
      assertThat((double) (rgb >> (16 - 8 * c) & 0xFF))
          .isCloseTo(expected[c], org.assertj.core.api.Assertions.within(1.0));
    }
  }

  @Test
  void theInputIsDrawnAsItIs() throws IOException {
    Cli.Result result = inspect(model, "--out", folder, "--index", INDEX).ok();
    BufferedImage picture = picture("input.png");
    Rectangle place = new Rectangle(24, 74, 448, 448);
    for (int i = 0; i < pixels.length; i++) {
      int gray = (int) pixels[i];
      assertThat(color(picture, place, SIDE, i % SIDE, i / SIDE)).isEqualTo(gray * 0x010101);
    }
    // e³ / (1 + e³ + 1/e) = 0.9362, 1 / (…) = 0.0466, e⁻¹ / (…) = 0.0171.
    assertThat(result.out())
        .contains(
            "image     test image 4 (%d): the model says 1 (0.9362), 0 (0.0466), 2 (0.0171)"
                .formatted(labels[INDEX]));
  }

  // ---- tables

  @Test
  void printsConfusionsAndLayers() {
    String out = inspect(model, "--out", folder).ok().out();
    long zeros = Arrays.stream(labels).filter(label -> label == 0).count();
    long twos = Arrays.stream(labels).filter(label -> label == 2).count();
    double right = (double) Arrays.stream(labels).filter(l -> l == 1).count() / labels.length;
    assertThat(out)
        .contains("accuracy %.4f".formatted(right))
        .containsPattern("actual +predicted +count +of its class")
        .containsPattern("(?m)^0 +1 +" + zeros + " +100\\.00 %$")
        .containsPattern("(?m)^2 +1 +" + twos + " +100\\.00 %$");
    // ‖(0, 3, −1)‖ of the last layer, whose outputs are that too; √3 times less for the mean.
    assertThat(out)
        .contains(
            "outputs over the test images; oncilla train --layer-norms saves the gradients too")
        .containsPattern("(?m)^layer +weight norm +output RMS$")
        .containsPattern("(?m)^4 Linear +3\\.162 +1\\.826$")
        .containsPattern("(?m)^0 Conv2d +4\\.123 +folded$")
        .contains("folded: computed with the activation that follows, where the output is seen");
  }

  @Test
  void theConfusionMatrixIsDrawn() throws IOException {
    inspect(model, "--out", folder).ok();
    BufferedImage picture = picture("confusion.png");
    // All of the second class are right, and all others are taken for it.
    assertThat(count(picture, 0x08306b)).isGreaterThan(40 * 40);
    assertThat(count(picture, 0xf8a055)).isGreaterThan(2 * 40 * 40);
  }

  private static int count(BufferedImage picture, int rgb) {
    int count = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        count += (picture.getRGB(x, y) & 0xFFFFFF) == rgb ? 1 : 0;
      }
    }
    return count;
  }

  // ---- what is refused, and what is not

  private Path save(Module network, Shape input) throws IOException {
    Path file = folder.resolve("other.safetensors");
    try (Backend backend = Backends.open("cpu")) {
      network.initialize(backend, input, 1);
      CheckpointFile.save(file, Checkpoints.of(network));
      network.close();
    }
    return file;
  }

  /** What a model without convolutions sees in an image is in the weights of its first layer. */
  @Test
  void weightsOfALinearLayerOfPixelsAreDrawn() throws IOException {
    Path file = save(new Sequential(new Flatten(), new Linear(3)), Shape.of(1, SIDE, SIDE));
    Path out = folder.resolve("pictures");
    assertThat(inspect(file, "--out", out).ok().out())
        .contains(
            "pictures  "
                + out
                + ": confusion.png, input.png, maps-01-Linear.png, filters-01-Linear.png");
    assertThat(out.toFile().list()).hasSize(4);
  }

  @Test
  void aModelThatSeesNoPixelsHasNoFilters() throws IOException {
    Module network = new Sequential(new MaxPool2d(2), new Flatten(), new Linear(3));
    Path file = save(network, Shape.of(1, SIDE, SIDE));
    Path out = folder.resolve("pictures");
    assertThat(inspect(file, "--out", out).ok().out())
        .contains(
            "filters   none: the model has no convolution, and no linear layer of the image's"
                + " pixels");
    assertThat(out.toFile().list()).noneMatch(name -> name.startsWith("filters"));
  }

  @Test
  void anIndexOutOfRangeIsExplained() {
    for (int index : new int[] {-1, 90}) {
      inspect(model, "--out", folder, "--index", index)
          .failed(2, "--index " + index + " is out of range: there are 90 test images, 0 to 89");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void dataOfAnotherShapeAreExplained() throws IOException {
    Path file = save(new Sequential(new Flatten(), new Linear(3)), Shape.of(3, 8, 8));
    inspect(file, "--out", folder)
        .failed(
            1,
            file
                + " takes inputs of shape [3, 8, 8], but the images of IDX files have shape [1, 28,"
                + " 28]; name the data that it was trained on with --data");
  }

  @Test
  void whatIsNoModelOrNoFolderIsExplained() throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "not a model");
    inspect(text, "--out", folder.resolve("p")).failed(1, text.toString());
    assertThat(folder.resolve("p")).doesNotExist();
    Path none = folder.resolve("none");
    inspect(none).failed(1, "there is no file " + none);
    inspect(model, "--out", text)
        .failed(1, "--out " + text + " is a file; name a folder for the pictures");
    Cli.run("inspect", model, "--data-dir", data)
        .failed(2, "does not say which data set it was trained on; name it with --data");
  }
}
