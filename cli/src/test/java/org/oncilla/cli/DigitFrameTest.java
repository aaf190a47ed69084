package org.oncilla.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.tensor.Shape;

/** Digits in pictures stand where those of MNIST do. */
class DigitFrameTest {
  private static final int SIDE = 28;
  private static final int PAPER = 240;
  private static final int INK = 20;

  /** An L: a stem and a foot a quarter as thick, drawn anywhere on any paper. */
  @Property(tries = 300)
  void theInkFillsItsBoxAndItsCenterOfMassIsInTheMiddle(
      @ForAll @IntRange(min = 8, max = 200) int height,
      @ForAll @IntRange(min = 8, max = 200) int width,
      @ForAll @IntRange(min = 1, max = 300) int left,
      @ForAll @IntRange(min = 1, max = 300) int top) {
    int paperWidth = left + width + 40;
    float[] pixels = new float[paperWidth * (top + height + 7)];
    Arrays.fill(pixels, PAPER);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (x < (width + 3) / 4 || y >= height - (height + 3) / 4) {
          pixels[(top + y) * paperWidth + left + x] = INK;
        }
      }
    }
    Picture paper =
        new Picture(new float[][] {pixels}, paperWidth, pixels.length / paperWidth, false);
    Picture framed = DigitFrame.of(paper, SIDE, SIDE);
    assertThat(framed.width()).isEqualTo(SIDE);
    assertThat(framed.height()).isEqualTo(SIDE);
    int[] columns = extent(framed, true);
    int[] rows = extent(framed, false);
    int shownWidth = columns[1] - columns[0] + 1;
    int shownHeight = rows[1] - rows[0] + 1;
    assertThat(Math.max(shownWidth, shownHeight)).isEqualTo(20);
    assertThat((double) shownWidth)
        .isCloseTo(Math.max(1, 20.0 * width / Math.max(width, height)), within(1.0));
    assertThat((double) shownHeight)
        .isCloseTo(Math.max(1, 20.0 * height / Math.max(width, height)), within(1.0));
    // Half a pixel, or as far as the edge of the image allows.
    checkCenter(center(framed, true), columns);
    checkCenter(center(framed, false), rows);
    assertThat(framed.planes()[0]).contains(PAPER);
  }

  private static void checkCenter(double center, int[] extent) {
    if (extent[0] > 0 && extent[1] < SIDE - 1) {
      assertThat(center).isCloseTo(SIDE / 2.0, within(0.5001));
    }
  }

  /** First and last column or row with ink. */
  private static int[] extent(Picture picture, boolean horizontal) {
    int first = SIDE;
    int last = -1;
    for (int i = 0; i < SIDE * SIDE; i++) {
      if (picture.planes()[0][i] < PAPER - 10) {
        first = Math.min(first, horizontal ? i % SIDE : i / SIDE);
        last = Math.max(last, horizontal ? i % SIDE : i / SIDE);
      }
    }
    return new int[] {first, last};
  }

  private static double center(Picture picture, boolean horizontal) {
    double moment = 0;
    double mass = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
      double ink = PAPER - picture.planes()[0][i];
      moment += ink * (0.5 + (horizontal ? i % SIDE : i / SIDE));
      mass += ink;
    }
    return moment / mass;
  }

  @Test
  void paperWithoutInkIsNotFramed() {
    float[] pixels = new float[50 * 20];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = PAPER + (i * 7 % 11);
    }
    Picture paper = new Picture(new float[][] {pixels}, 50, 20, false);
    assertThat(DigitFrame.of(paper, SIDE, SIDE)).isNull();
  }

  @Test
  void onlyDigitsAreFramed(@TempDir Path folder) throws IOException {
    BufferedImage wide = new BufferedImage(600, 200, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = wide.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 600, 200);
    graphics.setColor(Color.BLACK);
    graphics.setStroke(new BasicStroke(10));
    graphics.drawLine(500, 30, 500, 150);
    graphics.dispose();
    Path file = folder.resolve("one.png");
    ImageIO.write(wide, "png", file.toFile());
    Shape shape = Shape.of(1, SIDE, SIDE);
    assertThat(ImageInput.read(file, shape, false, true).description())
        .isEqualTo(
            "600x200 pixels, its ink centered and resized to 28x28 as MNIST's digits are, inverted"
                + " (the background is light, in the training images it is dark)");
    assertThat(ImageInput.read(file, shape, false, false).description())
        .startsWith("600x200 pixels, padded to 600x600, resized to 28x28, inverted");
    ImageIO.write(wide.getSubimage(490, 40, SIDE, SIDE), "png", file.toFile());
    assertThat(ImageInput.read(file, shape, true, true).description())
        .isEqualTo("28x28 pixels, taken as they are");
  }
}
