package org.oncilla.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.data.ArrayDataset;
import org.oncilla.data.DataException;
import org.oncilla.data.HostBatch;
import org.oncilla.tensor.Shape;

class CaliforniaHousingTest {
  /** Row r has the features r.1, r.2 … r.8 and the target r.5. */
  private static String file(int rows) {
    StringBuilder file = new StringBuilder("a header\n");
    for (int row = 0; row < rows; row++) {
      for (int i = 1; i <= 8; i++) {
        file.append(row).append('.').append(i).append(',');
      }
      file.append(row).append(".5\n");
    }
    return file.toString();
  }

  private static void isRow(ArrayDataset data, int index, int row) {
    HostBatch batch = new HostBatch(data, 1);
    data.read(index, batch, 0);
    for (int i = 0; i < 8; i++) {
      assertThat(batch.inputs()[i]).isEqualTo(Float.parseFloat(row + "." + (i + 1)));
    }
    assertThat(batch.targets()).containsExactly(row + 0.5f);
  }

  @Test
  void everyFifthRowIsForTesting() {
    ArrayDataset train = CaliforniaHousing.part(file(12), false);
    ArrayDataset test = CaliforniaHousing.part(file(12), true);
    assertThat(train.inputShape()).isEqualTo(Shape.of(CaliforniaHousing.FEATURES.size()));
    assertThat(train.targetShape()).isEqualTo(Shape.of(1));
    assertThat(train.size()).isEqualTo(10);
    assertThat(test.size()).isEqualTo(2);
    isRow(test, 0, 4);
    isRow(test, 1, 9);
    isRow(train, 0, 0);
    isRow(train, 4, 5);
    isRow(train, 9, 11);
  }

  @Test
  void aFolderWithoutTheFile(@TempDir Path folder) {
    assertThatThrownBy(() -> CaliforniaHousing.train(folder))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("California housing was not found. Tried:\n  1. the given folder")
        .hasMessageContaining("What to do: install npm; or put the files california_housing.csv");
    assertThatThrownBy(() -> CaliforniaHousing.test(folder)).isInstanceOf(DataException.class);
  }
}
