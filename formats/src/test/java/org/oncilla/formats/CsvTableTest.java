package org.oncilla.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
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
        .hasMessage(
            file
                + ", line 2, column kind: \"flat\" is no number; if it stands for a missing value,"
                + " read the file with CsvOptions.DEFAULT.missing(\"flat\"); a column of texts"
                + " becomes inputs by oneHot");
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
  }

  @Test
  void whereThereIsNoFileSaysWhereItWasLookedFor() {
    Path none = folder.resolve("none.csv");
    assertThatThrownBy(() -> CsvTable.read(none))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(
            none
                + ": looked for a CSV file at "
                + none.toAbsolutePath()
                + "; check the name, or give an absolute path");
    assertThatThrownBy(() -> CsvTable.read(folder))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(folder + ": it is a folder; name a CSV file in it");
  }

  @Test
  void otherEncodingsThanUtf8AreRefused() throws IOException {
    Path file = folder.resolve("latin.csv");
    Files.writeString(file, "straße,preis\n1,2\n", StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> CsvTable.read(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessage(
            file
                + ": expected UTF-8 but found other bytes after 0 lines that could be read; save the"
                + " file as UTF-8");
  }

  @Test
  void aByteOrderMarkAndSpacesAreNoPartOfNames() throws IOException {
    CsvTable table = table("\uFEFFa , b,\" c\"", " 1, x ,\" y\"");
    assertThat(table.columns()).containsExactly("a", "b", " c");
    assertThat(table.numbers("a")).containsExactly(1);
    assertThat(table.texts("b")).containsExactly("x");
    assertThat(table.texts(" c")).as("quoted").containsExactly(" y");
    assertThat(table("a, \"b, c\" ,d", "1,2,3").columns()).containsExactly("a", "b, c", "d");
    assertThat(table)
        .hasToString("CsvTable(" + folder.resolve("a.csv") + ", 1 samples, columns [a, b,  c])");
  }

  @Test
  void otherSeparatorsAreReadWhereAskedFor() throws IOException {
    Path file = folder.resolve("a.csv");
    for (char separator : new char[] {';', '\t', '|', ' '}) {
      Files.writeString(file, "a,b;c\n1;2\n".replace(';', separator));
      CsvTable table = CsvTable.read(file, CsvOptions.DEFAULT.separator(separator));
      assertThat(table.columns()).containsExactly("a,b", "c");
      assertThat(table.numbers("c")).containsExactly(2);
    }
    for (char separator : new char[] {'a', '3', '.', '-', '+', '_', '"', '\n', '\r'}) {
      assertThatThrownBy(() -> CsvOptions.DEFAULT.separator(separator))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("fields cannot be separated by '")
          .hasMessageContaining("choose a character that is in no number and no name");
    }
  }

  @Test
  void anotherSeparatorIsProposedWhereItMakesMoreColumns() throws IOException {
    String hint =
        "; the first line has 3 columns if they are separated by '%s': read the file with"
            + " CsvOptions.DEFAULT.separator('%<s')";
    assertThatThrownBy(() -> table("a;b;c", "1,5;2;3"))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining("expected CSV with as many fields in each line: ")
        .hasMessageEndingWith(hint.formatted(";"));
    CsvTable tabs = table("a\tb\tc", "1\t2\t3");
    assertThatThrownBy(() -> tabs.numbers("b"))
        .hasMessageContaining("there is no column \"b\"; the columns are [")
        .hasMessageEndingWith(hint.formatted("\\t"));
    assertThatThrownBy(() -> table("a,b;", "1")).hasMessageNotContaining("separated");
  }

  @Test
  void missingCellsAreRefusedWithWhatToDo() throws IOException {
    Path file = folder.resolve("a.csv");
    CsvTable table = table("age,kind,price", "1,flat,10", ",house,20", "3,NaN,30");
    assertThatThrownBy(() -> table.targets(List.of("age"), "price"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            file
                + ", line 3, column age: the cell is empty; drop such samples by"
                + " dropMissing(List.of(\"age\")), or fill them by fillMissing(\"age\", value), as"
                + " with mean(\"age\")");
    String place = file + ", line 4, column kind: \"NaN\" stands for a missing value; drop such";
    assertThatThrownBy(() -> table.numbers("kind")).hasMessageContaining("is no number");
    assertThatThrownBy(() -> table.classNames("kind")).hasMessageStartingWith(place);
    assertThatThrownBy(() -> table.labels(List.of("price"), "kind", List.of("flat", "house")))
        .hasMessageStartingWith(place);
    assertThatThrownBy(() -> table.oneHot("kind", List.of("flat", "house")))
        .hasMessageStartingWith(place);
    assertThatThrownBy(() -> table("a,b", "nan,1").numbers("a"))
        .hasMessageContaining("line 2, column a: \"nan\" stands for a missing value");
  }

  @Test
  void samplesWithMissingCellsAreDropped() throws IOException {
    CsvTable table = table("age,kind,price", "1,flat,10", ",house,20", "3,,30");
    assertThat(table.dropMissing().numbers("price")).containsExactly(10);
    assertThat(table.dropMissing(List.of("age", "price")).numbers("price")).containsExactly(10, 30);
    assertThat(table.dropMissing(List.of("price")).size()).isEqualTo(3);
    assertThat(table.size()).as("the table itself").isEqualTo(3);
    assertThatThrownBy(() -> table("a,b", "1,", ",2").dropMissing())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("each sample lacks a value in one of the columns [a, b]")
        .hasMessageContaining("fill some by fillMissing");
  }

  @Test
  void missingCellsAreFilled() throws IOException {
    CsvTable table = table("age,kind", "1,flat", ",house", "4,", "nan,flat");
    assertThat(table.mean("age")).isEqualTo(2.5);
    assertThat(table.fillMissing("age", table.mean("age")).numbers("age"))
        .containsExactly(1, 2.5f, 4, 2.5f);
    assertThat(table.fillMissing("kind", "unknown").texts("kind"))
        .containsExactly("flat", "house", "unknown", "flat");
    assertThatThrownBy(() -> table.fillMissing("age", Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fillMissing: column age needs a finite number, not NaN");
    assertThatThrownBy(() -> table.fillMissing("kind", " "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("fillMissing: \" \" stands for a missing value itself; choose another text");
    assertThatThrownBy(() -> table("a,b", ",1").mean("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("all values of column a are missing, so that it has no mean");
  }

  @Test
  void markersOfMissingCellsCanBeNamed() throws IOException {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, "a,b\n1,NA\n?,2\n3,3\n");
    CsvTable table = CsvTable.read(file, CsvOptions.DEFAULT.missing("NA", "?"));
    assertThat(table.dropMissing().numbers("a")).containsExactly(3);
    assertThat(table.mean("a")).isEqualTo(2);
    assertThatThrownBy(() -> CsvTable.read(file).numbers("a"))
        .hasMessageContaining("CsvOptions.DEFAULT.missing(\"?\")");
  }

  @Test
  void whatIsNoFiniteNumberIsRefused() throws IOException {
    CsvTable table = table("a;b;c;d;e".replace(';', ','), "\"1,5\",1e39,Infinity,3d,-1.5E-3");
    assertThat(table.numbers("e")).containsExactly(-1.5e-3f);
    assertThatThrownBy(() -> table.numbers("a"))
        .hasMessageEndingWith("\"1,5\" is no number; write decimals with a point");
    for (String column : List.of("b", "c")) {
      assertThatThrownBy(() -> table.numbers(column))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("is no finite number in single precision");
    }
    assertThatThrownBy(() -> table.numbers("d")).hasMessageContaining("\"3d\" is no number; if");
  }

  @Test
  void textsBecomeOneColumnForEachCategory() throws IOException {
    CsvTable train = table("age,kind,price", "1,flat,10", "2,house,20", "3,flat,30");
    CsvTable encoded = train.oneHot("kind", train.classNames("kind"));
    assertThat(encoded.columns()).containsExactly("age", "kind_flat", "kind_house", "price");
    assertThat(encoded.columnsExcept("price")).containsExactly("age", "kind_flat", "kind_house");
    ArrayDataset data = encoded.targets(encoded.columnsExcept("price"), "price");
    HostBatch batch = new HostBatch(data, 3);
    for (int i = 0; i < 3; i++) {
      data.read(i, batch, i);
    }
    assertThat(batch.inputs()).containsExactly(1, 1, 0, 2, 0, 1, 3, 1, 0);
    assertThat(batch.targets()).containsExactly(10, 20, 30);
  }

  @Test
  void categoriesThatDoNotFitAreRefused() throws IOException {
    CsvTable table = table("kind,kind_flat", "flat,1", "house,2");
    assertThatThrownBy(() -> table.oneHot("kind", List.of("flat")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            "a.csv, line 3, column kind: \"house\" is none of the categories [flat]");
    assertThatThrownBy(() -> table.oneHot("kind", List.of("flat", "flat")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("oneHot: column kind needs categories that differ, not [flat, flat]");
    assertThatThrownBy(() -> table.oneHot("kind", List.of())).hasMessageContaining("not []");
    assertThatThrownBy(() -> table.oneHot("kind", List.of("flat", "house")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "oneHot: column kind would make two columns of one name: [kind_flat, kind_house,"
                + " kind_flat]");
  }

  @Test
  void inputsThatCannotBeMeantAreRefused() throws IOException {
    Path file = folder.resolve("a.csv");
    CsvTable table = table("acid,quality", "1,5", "2,6");
    assertThatThrownBy(() -> table.targets(List.of("acid", "quality"), "quality"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            file
                + ": targets: column quality is to be predicted and is among the inputs [acid,"
                + " quality] too; leave it out, as columnsExcept(\"quality\") does");
    assertThatThrownBy(() -> table.labels(List.of("quality"), "quality", List.of("5", "6")))
        .hasMessageContaining("labels: column quality is to be predicted and is among");
    assertThatThrownBy(() -> table.targets(List.of(), "quality"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(
            "there are no inputs; name at least 1 of the columns [acid, quality]");
    assertThatThrownBy(() -> table.targets(List.of("acid", "acid"), "quality"))
        .hasMessageEndingWith("a column is named twice among the inputs [acid, acid]");
    assertThatThrownBy(() -> table.columnsExcept("price"))
        .hasMessageContaining("there is no column \"price\"");
  }

  @Test
  void realNumbersAreNoClasses() throws IOException {
    CsvTable table = table("q,whole,mixed", "1.25,3.0,1.5", "7,4,good", "1.25,3.0,2");
    assertThatThrownBy(() -> table.classNames("q"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            folder.resolve("a.csv")
                + ": column q holds 2 different real numbers such as 1.25, which are no classes;"
                + " predict it by targets(inputs, \"q\"), or, if each of them is a class after all,"
                + " list the names yourself");
    assertThat(table.classNames("whole")).containsExactly("3.0", "4");
    assertThat(table.classNames("mixed")).containsExactly("1.5", "2", "good");
    assertThat(table.labels(List.of("whole"), "q", List.of("1.25", "7")).classes()).isEqualTo(2);
  }
}
