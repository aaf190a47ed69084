package org.oncilla.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.data.ArrayDataset;
import org.oncilla.data.HostBatch;
import org.oncilla.file.FileFormatException;
import org.oncilla.tensor.Shape;

class CsvTableTest {
  @TempDir Path folder;

  private CsvTable table(String... lines) throws IOException {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, String.join("\r\n", lines) + "\n");
    return CsvTable.read(file);
  }

  private CsvTable houses() throws IOException {
    return table(
        "rooms,kind,\"price, in €\",age",
        "3,flat,1.5e2,10",
        "\"7\",\"house, \"\"large\"\"",
        "and old\",700,-0.25",
        "4,flat,200,0");
  }

  @Test
  void readsFieldsAsTheStandardSays() throws IOException {
    CsvTable table = houses();
    assertThat(table.columns()).containsExactly("rooms", "kind", "price, in €", "age");
    assertThat(table.size()).isEqualTo(3);
    assertThat(table.numbers("price, in €")).containsExactly(150, 700, 200);
    assertThat(table.texts("kind")).containsExactly("flat", "house, \"large\"\r\nand old", "flat");
    assertThat(table.classNames("kind")).containsExactly("flat", "house, \"large\"\r\nand old");
  }

  @Test
  void columnsBecomeSamples() throws IOException {
    ArrayDataset prices = houses().targets(List.of("age", "rooms"), "price, in €");
    assertThat(prices.inputShape()).isEqualTo(Shape.of(2));
    assertThat(prices.targetShape()).isEqualTo(Shape.of(1));
    HostBatch batch = new HostBatch(prices, 2);
    prices.read(1, batch, 0);
    prices.read(2, batch, 1);
    assertThat(batch.inputs()).containsExactly(-0.25f, 7, 0, 4);
    assertThat(batch.targets()).containsExactly(700, 200);
    CsvTable table = houses();
    ArrayDataset kinds = table.labels(List.of("rooms"), "kind", table.classNames("kind"));
    assertThat(kinds.classes()).isEqualTo(2);
    batch = new HostBatch(kinds, 2);
    kinds.read(1, batch, 0);
    kinds.read(2, batch, 1);
    assertThat(batch.inputs()).containsExactly(7, 4);
    assertThat(batch.labels()).containsExactly(1, 0);
  }

  @Test
  void whatIsMissingIsNamed() throws IOException {
    CsvTable table = houses();
    Path file = folder.resolve("a.csv");
    assertThatThrownBy(() -> table.numbers("floors"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            file
                + ": there is no column \"floors\"; the columns are [rooms, kind, price, in €, age]");
    assertThatThrownBy(() -> table.numbers("kind"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + ", line 2, column kind: \"flat\" is no number");
    assertThatThrownBy(() -> table.labels(List.of("age"), "kind", List.of("house", "flat")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ", line 3, column kind: \"house, ")
        .hasMessageEndingWith("is none of the classes [house, flat]");
  }

  @Test
  void filesThatAreNoTables() {
    assertThatThrownBy(() -> table("a,b", "1,2", "3"))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("a.csv: expected CSV with as many fields in each line: ")
        .hasMessageContaining("3");
    assertThatThrownBy(() -> table("a,b"))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("at least 1 sample, but found 1 lines");
    assertThatThrownBy(() -> table("a,b,a", "1,2,3"))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("two columns have the same name: [a, b, a]");
    assertThatThrownBy(() -> CsvTable.read(folder.resolve("none.csv")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
