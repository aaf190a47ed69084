package org.oncilla.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.cli.drawing.TileSheet;
import org.oncilla.nn.Conv1d;
import org.oncilla.nn.Conv2d;
import org.oncilla.nn.ConvTranspose2d;
import org.oncilla.nn.Flatten;
import org.oncilla.nn.Linear;
import org.oncilla.nn.Module;
import org.oncilla.nn.NamedModule;
import org.oncilla.nn.Residual;
import org.oncilla.nn.Sequential;
import org.oncilla.tensor.Shape;

/** Which weights become which tiles, for every kind of convolution. */
class FilterSheetsTest {
  private static Backend backend;

  @BeforeAll
  static void open() {
    backend = Backends.open("cpu");
  }

  @AfterAll
  static void close() {
    backend.close();
  }

  private static Map<NamedModule, TileSheet> sheets(Module model, Shape input, float... weights) {
    try (model) {
      model.initialize(backend, input, 1);
      if (weights.length > 0) {
        model.parameters().values().copyFrom(weights);
      }
      return FilterSheets.of(model);
    }
  }

  private static TileSheet only(Map<NamedModule, TileSheet> sheets) {
    assertThat(sheets).hasSize(1);
    return sheets.values().iterator().next();
  }

  private static int color(TileSheet sheet, int group, int tile, int x, int y) {
    BufferedImage picture = sheet.draw();
    Rectangle place = sheet.place(group, tile);
    int zoom = sheet.zoom();
    return picture.getRGB(place.x + x * zoom + zoom / 2, place.y + y * zoom + zoom / 2) & 0xFFFFFF;
  }

  private static Dimension size(TileSheet sheet) {
    Rectangle place = sheet.place(0, 0);
    return new Dimension(place.width / sheet.zoom(), place.height / sheet.zoom());
  }

  /** Planes of the input's channels are red, green and blue: 127.5 + 127.5·w/4, rounded. */
  @Test
  void filtersOfPicturesInColoursAreInColours() {
    float[] weights = {4, 0, -4, 2, -4, 0, 1, 4, 0, 0, 4, -2};
    Module model = new Sequential(new Conv2d(1, 2).bias(false));
    TileSheet sheet = only(sheets(model, Shape.of(3, 5, 5), weights));
    assertThat(size(sheet)).isEqualTo(new Dimension(2, 2));
    assertThat(color(sheet, 0, 0, 0, 0)).as("4, −4, 0").isEqualTo(0xff0080);
    assertThat(color(sheet, 0, 0, 1, 0)).as("0, 0, 0").isEqualTo(0x808080);
    assertThat(color(sheet, 0, 0, 0, 1)).as("−4, 1, 4").isEqualTo(0x009fff);
    assertThat(color(sheet, 0, 0, 1, 1)).as("2, 4, −2").isEqualTo(0xbfff40);
  }

  /** Only filters that see the picture itself are. */
  @Test
  void laterFiltersOfThreeChannelsAreNot() {
    Map<NamedModule, TileSheet> sheets =
        sheets(new Sequential(new Conv2d(3, 2), new Conv2d(2, 2)), Shape.of(3, 5, 5));
    assertThat(sheets.keySet().stream().map(NamedModule::toString))
        .containsExactly("0 Conv2d", "1 Conv2d");
    List<TileSheet> drawn = List.copyOf(sheets.values());
    assertThat(drawn.get(0).place(2, 0)).isNotNull();
    assertThatThrownBy(() -> drawn.get(0).place(0, 1)).isInstanceOf(RuntimeException.class);
    assertThat(drawn.get(1).place(1, 2)).isNotNull();
  }

  /** Filter 0, channel 0 holds weight 2; filter 1, channel 1 holds weight 13. */
  @Test
  void everyChannelOfAFilterHasATile() {
    float[] weights = new float[16];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i == 13 ? -1 : i == 2 ? 1 : 0;
    }
    Module model = new Sequential(new Conv2d(2, 2).bias(false));
    TileSheet sheet = only(sheets(model, Shape.of(2, 5, 5), weights));
    assertThat(color(sheet, 0, 0, 0, 1)).isEqualTo(0xca0020);
    assertThat(color(sheet, 1, 1, 1, 0)).isEqualTo(0x0571b0);
    assertThat(color(sheet, 1, 0, 1, 0)).isEqualTo(0xf7f7f7);
  }

  @Test
  void convolutionsOfSequencesAreChannelsByTaps() {
    float[] weights = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    Module model = new Sequential(new Conv1d(2, 3).bias(false));
    TileSheet sheet = only(sheets(model, Shape.of(2, 9), weights));
    assertThat(size(sheet)).isEqualTo(new Dimension(3, 2));
    assertThat(color(sheet, 1, 0, 2, 1)).isEqualTo(0xca0020);
  }

  @Test
  void transposedConvolutionsHaveAGroupForEachInputChannel() {
    Module model = new Sequential(new ConvTranspose2d(3, 2).bias(false));
    TileSheet sheet = only(sheets(model, Shape.of(2, 5, 5)));
    assertThat(sheet.place(1, 2)).isNotNull();
    assertThatThrownBy(() -> sheet.place(2, 0)).isInstanceOf(RuntimeException.class);
  }

  /** 5,120 kernels would not be legible: 16 channels of 16 filters, those of the largest norms. */
  @Test
  void ofVeryManyKernelsTheStrongestAreShown() {
    float[] weights = new float[40 * 128];
    // Filter 30 is the strongest, and in it channel 100; then filter 7.
    weights[30 * 128 + 100] = 3;
    weights[30 * 128 + 2] = -2;
    weights[7 * 128 + 90] = 1.5f;
    Module model = new Sequential(new Conv2d(40, 1).bias(false));
    TileSheet sheet = only(sheets(model, Shape.of(128, 2, 2), weights));
    assertThat(sheet.place(15, 15)).isNotNull();
    assertThatThrownBy(() -> sheet.place(16, 0)).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> sheet.place(0, 16)).isInstanceOf(RuntimeException.class);
    assertThat(color(sheet, 0, 0, 0, 0)).as("3 of 3").isEqualTo(0xca0020);
    // −2/3 of the way to blue: a third of the way from 92c5de to 0571b0.
    assertThat(color(sheet, 0, 1, 0, 0)).isEqualTo(0x63a9cf);
    assertThat(color(sheet, 1, 0, 0, 0)).as("half of 3").isEqualTo(0xf4a582);
    assertThat(color(sheet, 1, 1, 0, 0)).isEqualTo(0xf7f7f7);
    assertThat(sheet.captions()).hasSize(16).startsWith("30", "7", "0", "1");
    assertThat(sheet.title()).isEqualTo("Layer 0 (Conv2d): filters");
    assertThat(sheet.subtitle())
        .isEqualTo(
            "40 filters of 1\u00d71, a tile for each of 128 channels; shown are those of the largest"
                + " norms, the largest first: 16 of 40, in each 16 of 128 channels");
  }

  /** Of 100 pictures of 28 by 28, 64 are shown. */
  @Test
  void weightsOfPixelsArePictures() {
    float[] weights = new float[100 * 28 * 28];
    weights[64 * 784 + 3 * 28 + 5] = -1;
    Module model = new Sequential(new Flatten(), new Linear(100).bias(false), new Linear(784));
    float[] all = Arrays.copyOf(weights, weights.length + 100 * 784 + 784);
    TileSheet sheet = only(sheets(model, Shape.of(1, 28, 28), all));
    assertThat(size(sheet)).isEqualTo(new Dimension(28, 28));
    assertThat(sheet.captions()).hasSize(64).startsWith("64", "0");
    assertThat(color(sheet, 0, 0, 5, 3)).isEqualTo(0x0571b0);
    assertThat(color(sheet, 0, 0, 3, 5)).isEqualTo(0xf7f7f7);
    assertThat(sheet.title()).isEqualTo("Layer 1 (Linear): weights");
    assertThat(sheet.subtitle())
        .isEqualTo(
            "100 units, the weights of each a picture of 28\u00d728; shown are those of the largest"
                + " norms, the largest first: 64 of 100");
  }

  /** Neither a layer after another nor one of a row of numbers sees pixels. */
  @Test
  void otherLinearLayersAreNoPictures() {
    Module after = new Sequential(new Conv2d(1, 3).padding(1), new Flatten(), new Linear(2));
    assertThat(sheets(after, Shape.of(1, 5, 5)).keySet().stream().map(NamedModule::type))
        .containsExactly("Conv2d");
    assertThat(sheets(new Sequential(new Linear(2)), Shape.of(25))).isEmpty();
  }

  @Test
  void convolutionsAreFoundWhereverTheyStand() {
    Module model = new Residual(new Sequential(new Conv2d(1, 3).padding(1)));
    assertThat(sheets(model, Shape.of(1, 5, 5)).keySet().stream().map(NamedModule::path))
        .containsExactly("body.0");
    assertThat(sheets(new Conv2d(1, 3), Shape.of(1, 5, 5)).keySet().stream().map(NamedModule::path))
        .containsExactly("");
    assertThat(sheets(new Sequential(new Linear(2)), Shape.of(3))).isEmpty();
  }

  @Test
  void missingFontsAreExplained() {
    assertThatThrownBy(
            () ->
                PictureFolder.requireFonts(
                    () -> {
                      throw new InternalError("no fonts");
                    }))
        .isInstanceOf(CommandException.class)
        .hasMessage(
            "pictures cannot be drawn; Java may find no fonts: java.lang.InternalError: no fonts."
                + " On Debian and Ubuntu: apt-get install fontconfig fonts-dejavu-core");
  }
}
