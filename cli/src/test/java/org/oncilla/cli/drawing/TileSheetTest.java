package org.oncilla.cli.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Colours and places of the tiles of a sheet. */
class TileSheetTest {
  private static final float[] KERNEL = {-2, -1, 0, 1, 2, 0.5f};

  @TempDir Path folder;

  private static TileSheet sheet(int groups, int tiles, int side) {
    Tile tile = new Tile(side, side, new int[side * side]);
    TileSheet.Group group = new TileSheet.Group("7", Collections.nCopies(tiles, tile));
    return new TileSheet("t", "s", null, Collections.nCopies(groups, group));
  }

  private static int pixel(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xFFFFFF;
  }

  @Test
  void colorsAreThoseOfTheScaleAndBetweenThem() {
    ColorScale scale = ColorScale.diverging(KERNEL);
    assertThat(scale.min()).isEqualTo(-2);
    assertThat(scale.max()).isEqualTo(2);
    // A quarter of the way from f7f7f7 to f4a582: f7 − 3/4·1, f7 − 82/4, f7 − 117/4.
    assertThat(Tile.of(KERNEL, 0, 6, 1, scale).rgb())
        .containsExactly(0x0571b0, 0x92c5de, 0xf7f7f7, 0xf4a582, 0xca0020, 0xf6cebd);
    assertThat(ColorScale.sequential(KERNEL)).isEqualTo(new ColorScale(ColorMap.SEQUENTIAL, -2, 2));
    assertThat(ColorMap.SEQUENTIAL.rgb(-1)).isEqualTo(0x000004);
    assertThat(ColorMap.SEQUENTIAL.rgb(Double.NaN)).isEqualTo(0x000004);
    assertThat(ColorMap.SEQUENTIAL.rgb(7)).isEqualTo(0xfcffa4);
    assertThat(ColorScale.sequential(new float[] {3, 3}).rgb(3))
        .as("one value")
        .isEqualTo(0xbc3754);
  }

  /** Outputs on both sides of 0 are white at 0; others are dark where they are the smallest. */
  @Test
  void signedOutputsAreWhiteAtZero() {
    assertThat(ColorScale.of(new float[] {3, -1, 0}))
        .isEqualTo(new ColorScale(ColorMap.DIVERGING, -3, 3));
    assertThat(ColorScale.of(new float[] {3, -1, 0}).rgb(0)).isEqualTo(0xf7f7f7);
    assertThat(ColorScale.of(new float[] {3, 0.5f}))
        .isEqualTo(new ColorScale(ColorMap.SEQUENTIAL, 0.5, 3));
  }

  @Test
  void threePlanesAreRedGreenAndBlue() {
    // The first pixel is (−1, 0, 1), the second one (1, 1, 0); 0 is half of 255.
    float[] planes = {9, -1, 1, 0, 1, 1, 0};
    assertThat(Tile.ofColors(planes, 1, 2, 1, -1, 1).rgb()).containsExactly(0x0080ff, 0xffff80);
  }

  /** Every pixel of a tile becomes a square of one colour, with a frame around the tile. */
  @Test
  void tilesAreEnlargedWithoutBlur() throws IOException {
    ColorScale scale = ColorScale.diverging(KERNEL);
    Tile first = Tile.of(KERNEL, 0, 3, 2, scale);
    Tile second = new Tile(3, 2, new int[] {1, 2, 3, 4, 5, 6});
    TileSheet sheet =
        new TileSheet(
            "title",
            "subtitle",
            scale,
            List.of(
                new TileSheet.Group("0", List.of(first, second)),
                new TileSheet.Group("1", List.of(second, first))));
    assertThat(sheet.zoom()).isEqualTo(24);
    Path file = folder.resolve("a.png");
    Png.write(file, sheet.draw());
    BufferedImage picture = ImageIO.read(file.toFile());
    for (int group = 0; group < 2; group++) {
      for (int tile = 0; tile < 2; tile++) {
        Rectangle place = sheet.place(group, tile);
        assertThat(place.getSize()).isEqualTo(new Rectangle(72, 48).getSize());
        int[] rgb = (group == tile ? first : second).rgb();
        for (int y = 0; y < place.height; y++) {
          for (int x = 0; x < place.width; x++) {
            assertThat(pixel(picture, place.x + x, place.y + y))
                .isEqualTo(rgb[y / 24 * 3 + x / 24]);
          }
        }
        assertThat(pixel(picture, place.x - 1, place.y)).isEqualTo(0x9aa0a6);
        assertThat(pixel(picture, place.x + place.width, place.y + 5)).isEqualTo(0x9aa0a6);
      }
    }
    assertThat(pixel(picture, 0, 0)).isEqualTo(0xffffff);
    // The scale's bar ends in its last colours.
    assertThat(count(picture, 0x0571b0)).isGreaterThan(2 * 24 * 24);
    assertThat(count(picture, 0xca0020)).isGreaterThan(2 * 24 * 24);
  }

  private static long count(BufferedImage picture, int rgb) {
    return IntStream.range(0, picture.getWidth() * picture.getHeight())
        .filter(i -> pixel(picture, i % picture.getWidth(), i / picture.getWidth()) == rgb)
        .count();
  }

  /** All tiles lie within the picture and apart from each other, whatever their number. */
  @ParameterizedTest
  @CsvSource({
    "1,1,28",
    "6,1,28",
    "16,6,5",
    "120,16,5",
    "84,1,1",
    "1,512,1",
    "384,256,3",
    "1,1,900"
  })
  void tilesLieApartWithinThePicture(int groups, int tiles, int side) {
    TileSheet sheet = sheet(groups, tiles, side);
    BufferedImage picture = sheet.draw();
    Rectangle paper = new Rectangle(picture.getWidth(), picture.getHeight());
    boolean twice = false;
    boolean outside = false;
    boolean[] taken = new boolean[paper.width * paper.height];
    for (int group = 0; group < groups; group++) {
      for (int tile = 0; tile < tiles; tile++) {
        Rectangle place = sheet.place(group, tile);
        outside |= !paper.contains(place);
        for (int y = place.y; y < place.y + place.height; y++) {
          for (int x = place.x; x < place.x + place.width; x++) {
            twice |= taken[y * paper.width + x];
            taken[y * paper.width + x] = true;
          }
        }
      }
    }
    assertThat(outside).isFalse();
    assertThat(twice).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1,1,28,16", "6,1,28,6", "16,1,10,14", "16,6,5,14", "120,16,5,4", "1,84,1,24"})
  void theZoomMakesTilesLegibleAndSheetsNoLargerThanAScreen(
      int groups, int tiles, int side, int zoom) {
    TileSheet sheet = sheet(groups, tiles, side);
    assertThat(sheet.zoom()).isEqualTo(zoom);
    BufferedImage picture = sheet.draw();
    assertThat(Math.max(picture.getWidth(), picture.getHeight())).isLessThanOrEqualTo(1600);
  }

  @Test
  void titlesHaveRoom() {
    Tile tile = new Tile(1, 1, new int[1]);
    List<TileSheet.Group> groups = List.of(new TileSheet.Group("", List.of(tile)));
    int narrow = new TileSheet("t", "", null, groups).draw().getWidth();
    int wide = new TileSheet("a title of many words", "", null, groups).draw().getWidth();
    assertThat(wide).isGreaterThan(narrow + 100);
  }
}
