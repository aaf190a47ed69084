package org.oncilla.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.random.Generator;
import org.oncilla.tensor.Shape;

class PictureTest {
  private static final Offset<Float> CLOSE = within(1e-3f);

  private static Picture gray(int width, int height, float... pixels) {
    return new Picture(new float[][] {pixels}, width, height, false);
  }

  @Test
  void grayImagesKeepTheirLevels() {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
    int[] levels = {0, 100, 255};
    for (int x = 0; x < 3; x++) {
      image.getRaster().setSample(x, 0, 0, levels[x]);
    }
    assertThat(Picture.of(image, 1).planes()[0]).containsExactly(0, 100, 255);
    assertThat(Picture.of(image, 3).planes()[2]).containsExactly(0, 100, 255);
    assertThat(Picture.of(image, 1).coloured()).isFalse();
  }

  @Test
  void sixteenBitsBecomeEight() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 65535);
    image.getRaster().setSample(1, 0, 0, 257 * 99);
    float[] pixels = Picture.of(image, 1).planes()[0];
    assertThat(pixels[0]).isCloseTo(255, CLOSE);
    assertThat(pixels[1]).isCloseTo(99, CLOSE);
  }

  @Test
  void coloursBecomeLuma() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xff0000);
    image.setRGB(1, 0, 0x0000ff);
    Picture picture = Picture.of(image, 1);
    assertThat(picture.planes()[0][0]).isCloseTo(0.299f * 255, CLOSE);
    assertThat(picture.planes()[0][1]).isCloseTo(0.114f * 255, CLOSE);
    assertThat(picture.coloured()).isTrue();
    assertThat(Picture.of(image, 3).planes()[0]).containsExactly(255, 0);
  }

  @Test
  void transparencyBecomesWhite() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00000000);
    image.setRGB(1, 0, 0x33000000);
    float[] pixels = Picture.of(image, 1).planes()[0];
    assertThat(pixels[0]).isEqualTo(255);
    assertThat(pixels[1]).isCloseTo(204, CLOSE);
  }

  @Test
  void marginsHaveTheColourOfTheBackground() {
    Picture padded = gray(1, 3, 10, 20, 30).padded(28, 28);
    assertThat(padded.width()).isEqualTo(3);
    assertThat(padded.height()).isEqualTo(3);
    assertThat(padded.planes()[0]).containsExactly(20, 10, 20, 20, 20, 20, 20, 30, 20);
    Picture square = gray(1, 1, 7);
    assertThat(square.padded(5, 5)).isSameAs(square);
  }

  @Test
  void resizingAveragesAreas() {
    Picture half = gray(4, 2, 0, 4, 8, 8, 2, 6, 8, 8).resized(2, 1);
    assertThat(half.planes()[0]).containsExactly(3, 8);
    // Each of two pixels covers one and a half of three.
    float[] uneven = gray(3, 1, 0, 30, 90).resized(2, 1).planes()[0];
    assertThat(uneven[0]).isCloseTo(10, CLOSE);
    assertThat(uneven[1]).isCloseTo(70, CLOSE);
    assertThat(gray(1, 1, 9).resized(2, 2).planes()[0]).containsExactly(9, 9, 9, 9);
  }

  @Property(tries = 200)
  void resizingKeepsTheMean(
      @ForAll @IntRange(min = 1, max = 60) int width,
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll @IntRange(min = 1, max = 40) int newWidth,
      @ForAll @IntRange(min = 1, max = 40) int newHeight) {
    Generator random = new Generator(width, height);
    float[] pixels = new float[width * height];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 255 * random.nextFloat();
    }
    float[] resized = gray(width, height, pixels).resized(newWidth, newHeight).planes()[0];
    assertThat(resized).hasSize(newWidth * newHeight);
    assertThat(mean(resized)).isCloseTo(mean(pixels), within(1e-2));
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  @Test
  void theBackgroundIsWhatTheBorderShows() {
    Picture dark = gray(3, 3, 0, 0, 0, 0, 255, 0, 0, 0, 0);
    assertThat(dark.hasLightBackground()).isFalse();
    assertThat(dark.inverted().hasLightBackground()).isTrue();
    assertThat(dark.inverted().planes()[0])
        .containsExactly(255, 255, 255, 255, 0, 255, 255, 255, 255);
  }

  @Test
  void onlyGrayPicturesAreInverted(@TempDir Path folder) throws IOException {
    BufferedImage white = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    white.createGraphics().fillRect(0, 0, 4, 4);
    Path file = folder.resolve("white.png");
    ImageIO.write(white, "png", file.toFile());
    ImageInput gray = ImageInput.read(file, Shape.of(1, 4, 4), false, false);
    assertThat(gray.description()).contains("inverted");
    assertThat(gray.picture().planes()[0]).containsOnly(0);
    ImageInput colours = ImageInput.read(file, Shape.of(3, 4, 4), false, false);
    assertThat(colours.description()).isEqualTo("4x4 pixels, taken as they are");
    assertThat(colours.picture().planes()[2]).containsOnly(255);
  }
}
