package org.oncilla.cli.drawing;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Colours and places of units, and the numbers before their rows. */
class UnitSheetTest {
  private static UnitSheet sheet(float[] values) {
    return new UnitSheet("t", ColorScale.of(values), values);
  }

  /** A divisor where there is a fitting one, else a round number. */
  @ParameterizedTest
  @CsvSource({
    "1,1", "2,2", "3,3", "10,5", "84,12", "120,12", "512,32", "256,16", "4096,64", "97,20"
  })
  void rowsAreEquallyLong(int units, int columns) {
    assertThat(UnitSheet.columns(units)).isEqualTo(columns);
  }

  @Test
  void everyUnitHasItsColour() {
    UnitSheet sheet = sheet(new float[] {0, 2, -2, 1, -1, 0, 0, 0, 0, 2});
    BufferedImage picture = sheet.draw();
    int[] colors = {
      0xf7f7f7, 0xca0020, 0x0571b0, 0xf4a582, 0x92c5de, 0xf7f7f7, 0xf7f7f7, 0xf7f7f7, 0xf7f7f7,
      0xca0020
    };
    for (int unit = 0; unit < colors.length; unit++) {
      Rectangle place = sheet.place(unit);
      for (int i = 0; i < place.width * place.height; i++) {
        int found = picture.getRGB(place.x + i % place.width, place.y + i / place.width);
        assertThat(found & 0xFFFFFF).isEqualTo(colors[unit]);
      }
    }
  }

  /** Number 0 stands before unit 0, and 5 before unit 5. */
  @Test
  void rowsAreNumbered() {
    UnitSheet sheet = sheet(new float[10]);
    BufferedImage picture = sheet.draw();
    for (int unit : new int[] {0, 5}) {
      Rectangle place = sheet.place(unit);
      int dark = 0;
      for (int y = place.y; y < place.y + place.height; y++) {
        for (int x = SheetHeader.MARGIN; x < place.x - 2; x++) {
          dark += (picture.getRGB(x, y) & 0xFF) < 0xA0 ? 1 : 0;
        }
      }
      assertThat(dark).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "84", "4096", "30000"})
  void unitsLieWithinThePicture(int units) {
    UnitSheet sheet = sheet(new float[units]);
    BufferedImage picture = sheet.draw();
    Rectangle paper = new Rectangle(picture.getWidth(), picture.getHeight());
    assertThat(paper.contains(sheet.place(0))).isTrue();
    assertThat(paper.contains(sheet.place(UnitSheet.columns(units) - 1))).isTrue();
    assertThat(paper.contains(sheet.place(units - 1))).isTrue();
    assertThat(Math.max(paper.width, paper.height)).isLessThan(1250);
  }
}
