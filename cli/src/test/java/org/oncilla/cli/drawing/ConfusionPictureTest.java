package org.oncilla.cli.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Colours and places of the cells of a confusion matrix. */
class ConfusionPictureTest {
  private static final long[][] COUNTS = {{6, 0, 0}, {4, 2, 2}, {0, 1, 3}};

  private static int corner(BufferedImage picture, Rectangle place) {
    return picture.getRGB(place.x + 1, place.y + 1) & 0xFFFFFF;
  }

  @Test
  void cellsShowRecallInBlueAndConfusionsInOrange() {
    ConfusionPicture drawn =
        new ConfusionPicture("title", "subtitle", List.of("a", "b", "c"), COUNTS);
    BufferedImage picture = drawn.draw();
    int[][] expected = {
      // 6 of 6 are right.
      {0x08306b, 0xffffff, 0xffffff},
      // The largest confusion is 4 of 8; 2 of 8 are half as many. 1/4 is 3/4 of the way to 9ecae1.
      {0xf8a055, 0xb6d7e9, 0xfdd0a2},
      // 1 of 4 is half of 1/2 too; 3/4 is a quarter of the way from 3182bd to 08306b.
      {0xffffff, 0xfdd0a2, 0x276ea9},
    };
    for (int actual = 0; actual < 3; actual++) {
      for (int predicted = 0; predicted < 3; predicted++) {
        Rectangle place = drawn.place(actual, predicted);
        assertThat(corner(picture, place))
            .as("%d taken for %d", actual, predicted)
            .isEqualTo(expected[actual][predicted]);
        assertThat(hasWords(picture, place)).isEqualTo(COUNTS[actual][predicted] > 0);
      }
    }
  }

  /** Whether a cell has more than one colour. */
  private static boolean hasWords(BufferedImage picture, Rectangle place) {
    return IntStream.range(0, place.width * place.height)
            .map(
                i ->
                    picture.getRGB(place.x + i % place.width, place.y + i / place.width) & 0xFFFFFF)
            .distinct()
            .count()
        > 1;
  }

  @ParameterizedTest
  @CsvSource({
    "2,''",
    "10,''",
    "2,a class of a long name ",
    "10,class ",
    "30,class ",
    "100,class ",
    "200,''"
  })
  void cellsAndNamesLieWithinThePicture(int classes, String name) {
    long[][] counts = new long[classes][classes];
    List<String> names = IntStream.range(0, classes).mapToObj(i -> name + i).toList();
    for (int i = 0; i < classes; i++) {
      counts[i][i] = 100_000;
    }
    ConfusionPicture drawn = new ConfusionPicture("title", "subtitle", names, counts);
    BufferedImage picture = drawn.draw();
    Rectangle paper = new Rectangle(picture.getWidth(), picture.getHeight());
    assertThat(paper.contains(drawn.place(0, 0))).isTrue();
    Rectangle last = drawn.place(classes - 1, classes - 1);
    assertThat(paper.contains(last)).isTrue();
    assertThat(corner(picture, last)).isEqualTo(0x08306b);
    assertThat(drawn.place(0, 0).intersects(drawn.place(0, 1))).isFalse();
    // Names of classes do not touch the edges.
    for (int x = 0; x < paper.width; x++) {
      assertThat(picture.getRGB(x, 0) & 0xFFFFFF).isEqualTo(0xffffff);
    }
    for (int y = 0; y < paper.height; y++) {
      assertThat(picture.getRGB(0, y) & 0xFFFFFF).isEqualTo(0xffffff);
      assertThat(picture.getRGB(paper.width - 1, y) & 0xFFFFFF).isEqualTo(0xffffff);
    }
  }

  @Test
  void aClassWithoutSamplesIsNoDivisionByZero() {
    long[][] counts = {{2, 0}, {0, 0}};
    ConfusionPicture drawn = new ConfusionPicture("title", "", List.of("a", "b"), counts);
    assertThat(corner(drawn.draw(), drawn.place(1, 1))).isEqualTo(0xffffff);
  }

  /** The shades between white and the darkest blue and orange stand above, as far as words go. */
  @Test
  void aKeyTellsWhatColoursMean() {
    ConfusionPicture drawn = new ConfusionPicture("t", "s", List.of("a", "b", "c"), COUNTS);
    BufferedImage picture = drawn.draw();
    Rectangle key = new Rectangle(0, 66, picture.getWidth(), 20);
    assertThat(contains(picture, key, 0x08306b)).as("all of a class").isTrue();
    assertThat(contains(picture, key, 0xf8a055)).as("the largest confusion").isTrue();
    assertThat(drawn.place(0, 0).y).isGreaterThan(key.y + key.height);
  }

  @ParameterizedTest
  @CsvSource({"''", "'a class of a long name '"})
  void recallIsHeadedAboveItsColumn(String name) {
    List<String> names = IntStream.range(0, 3).mapToObj(i -> name + i).toList();
    ConfusionPicture drawn = new ConfusionPicture("t", "s", names, COUNTS);
    BufferedImage picture = drawn.draw();
    Rectangle corner = drawn.place(0, 2);
    int right = corner.x + corner.width + 10;
    Rectangle above = new Rectangle(right, corner.y - 18, picture.getWidth() - right, 14);
    Rectangle last = drawn.place(2, 2);
    Rectangle below = new Rectangle(right, last.y + last.height + 2, above.width, 20);
    assertThat(blank(picture, above)).isFalse();
    assertThat(blank(picture, below)).isTrue();
  }

  private static boolean blank(BufferedImage picture, Rectangle place) {
    return !hasWords(picture, place) && contains(picture, place, 0xffffff);
  }

  private static boolean contains(BufferedImage picture, Rectangle place, int rgb) {
    return IntStream.range(0, place.width * place.height)
        .map(i -> picture.getRGB(place.x + i % place.width, place.y + i / place.width) & 0xFFFFFF)
        .anyMatch(found -> found == rgb);
  }
}
