package org.oncilla.cli.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Order, lengths and colours of bars. */
class BarChartTest {
  private static final List<String> NAMES = List.of("cat", "a class of a long name", "dog", "bird");

  @Test
  void theHighestComesFirst() {
    BarChart chart = new BarChart("t", new float[] {-1, 3, 0, 1.5f}, NAMES);
    assertThat(chart.order()).containsExactly(1, 3, 2, 0);
  }

  /** Four units of length are 320 pixels: 240 for 3, 120 for 1.5, none for 0 and 80 for −1. */
  @Test
  void barsAreAsLongAsNumbers() {
    BarChart chart = new BarChart("t", new float[] {-1, 3, 0, 1.5f}, NAMES);
    int[] lengths = {240, 120, 0, 80};
    int zero = chart.place(0).x;
    for (int row = 0; row < 4; row++) {
      assertThat(chart.place(row).width).isEqualTo(lengths[row]);
    }
    assertThat(chart.place(1).x).isEqualTo(zero);
    assertThat(chart.place(3).x + 80).as("to the left").isEqualTo(zero);
    BufferedImage picture = chart.draw();
    assertThat(color(picture, chart.place(0))).isEqualTo(0xca0020);
    assertThat(color(picture, chart.place(3))).isEqualTo(0x0571b0);
  }

  private static int color(BufferedImage picture, Rectangle place) {
    return picture.getRGB(place.x + place.width / 2, place.y + place.height / 2) & 0xFFFFFF;
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "-1"})
  void equalNumbersAreDrawnToo(float value) {
    BarChart chart = new BarChart("t", new float[] {value, value}, List.of("a", "b"));
    BufferedImage picture = chart.draw();
    assertThat(chart.place(1).width).isEqualTo(value == 0 ? 0 : 320);
    assertThat(new Rectangle(picture.getWidth(), picture.getHeight()).contains(chart.place(1)))
        .isEqualTo(value != 0);
  }

  @Test
  void ofManyTheHighestAreDrawn() {
    float[] values = new float[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    List<String> names = IntStream.range(0, 1000).mapToObj(i -> "class " + i).toList();
    BarChart chart = new BarChart("t", values, names);
    assertThat(chart.order()).hasSize(BarChart.MOST).startsWith(999, 998);
    assertThat(chart.draw().getHeight()).isLessThan(1000);
  }
}
