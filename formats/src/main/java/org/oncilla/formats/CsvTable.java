package org.oncilla.formats;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.oncilla.data.ArrayDataset;
import org.oncilla.file.FileFormatException;
import org.oncilla.tensor.Shape;

/**
 * A table of samples in a CSV file (RFC 4180): a line with the names of the columns, then one for
 * each sample.
 *
 * <pre>{@code
 * CsvTable houses = CsvTable.read(Path.of("houses.csv"));
 * ArrayDataset data = houses.targets(List.of("rooms", "age"), "price");
 * }</pre>
 */
public final class CsvTable {
  private final Path file;
  private final List<String> columns;
  private final List<CsvRecord> records;

  private CsvTable(Path file, List<String> columns, List<CsvRecord> records) {
    this.file = file;
    this.columns = columns;
    this.records = records;
  }

  /**
   * Reads a file in UTF-8 with commas between its fields.
   *
   * @throws FileFormatException if it has no sample, a line with more or fewer fields than there
   *     are columns, or two columns of one name
   * @throws IOException if it cannot be read
   */
  public static CsvTable read(Path file) throws IOException {
    List<CsvRecord> records = new ArrayList<>();
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
      reader.forEach(records::add);
    } catch (CsvParseException malformed) {
      throw new FileFormatException(
          file + ": expected CSV with as many fields in each line: " + reason(malformed),
          malformed);
    }
    if (records.size() < 2) {
      throw new FileFormatException(
          file
              + ": expected a line with the columns' names and at least 1 sample, but found "
              + records.size()
              + " lines");
    }
    List<String> columns = List.copyOf(records.get(0).getFields());
    if (new HashSet<>(columns).size() < columns.size()) {
      throw new FileFormatException(file + ": two columns have the same name: " + columns);
    }
    return new CsvTable(file, columns, List.copyOf(records.subList(1, records.size())));
  }

  /** What is wrong is told by the cause, where by the exception itself. */
  private static String reason(CsvParseException malformed) {
    Throwable cause = malformed.getCause();
    return cause == null
        ? malformed.getMessage()
        : malformed.getMessage() + ": " + cause.getMessage();
  }

  /** The names of the columns, as the file has them. */
  public List<String> columns() {
    return columns;
  }

  /** Number of samples. */
  public int size() {
    return records.size();
  }

  /**
   * A column as it is written.
   *
   * @throws IllegalArgumentException if there is no such column, with those there are
   */
  public List<String> texts(String column) {
    int field = field(column);
    return records.stream().map(sample -> sample.getField(field)).toList();
  }

  /**
   * A column of numbers.
   *
   * @throws IllegalArgumentException if there is no such column, or it holds something else: the
   *     message names the line
   */
  public float[] numbers(String column) {
    float[] numbers = new float[size()];
    int field = field(column);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(records.get(i), column, field);
    }
    return numbers;
  }

  /** The different values of a column in the order of the alphabet: the classes' names. */
  public List<String> classNames(String column) {
    return texts(column).stream().distinct().sorted().toList();
  }

  /**
   * Samples with real targets.
   *
   * @param inputs the columns of numbers that make an input, of shape [columns]
   * @param target the column of numbers that is to be predicted, of shape [1]
   * @throws IllegalArgumentException as {@link #numbers}
   */
  public ArrayDataset targets(List<String> inputs, String target) {
    return ArrayDataset.ofTargets(
        Shape.of(inputs.size()), inputs(inputs), Shape.of(1), numbers(target));
  }

  /**
   * Samples with class labels.
   *
   * @param inputs the columns of numbers that make an input, of shape [columns]
   * @param target the column whose values are the classes
   * @param classNames a label is an index into them, such as {@link #classNames} of the training
   *     samples
   * @throws IllegalArgumentException as {@link #numbers}, or if a class is not among the names
   */
  public ArrayDataset labels(List<String> inputs, String target, List<String> classNames) {
    List<String> classes = texts(target);
    int[] labels = new int[size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = classNames.indexOf(classes.get(i));
      if (labels[i] < 0) {
        throw wrong(records.get(i), target, classes.get(i), "is none of the classes " + classNames);
      }
    }
    return ArrayDataset.ofLabels(
        Shape.of(inputs.size()), inputs(inputs), labels, classNames.size());
  }

  private float[] inputs(List<String> names) {
    float[] values = new float[Math.multiplyExact(size(), names.size())];
    for (int column = 0; column < names.size(); column++) {
      float[] numbers = numbers(names.get(column));
      for (int i = 0; i < numbers.length; i++) {
        values[i * names.size() + column] = numbers[i];
      }
    }
    return values;
  }

  private float number(CsvRecord sample, String column, int field) {
    String text = sample.getField(field);
    try {
      return Float.parseFloat(text);
    } catch (NumberFormatException malformed) {
      IllegalArgumentException wrong = wrong(sample, column, text, "is no number");
      wrong.initCause(malformed);
      throw wrong;
    }
  }

  private IllegalArgumentException wrong(
      CsvRecord sample, String column, String text, String problem) {
    return new IllegalArgumentException(
        file
            + ", line "
            + sample.getStartingLineNumber()
            + ", column "
            + column
            + ": \""
            + text
            + "\" "
            + problem);
  }

  private int field(String column) {
    int field = columns.indexOf(column);
    if (field < 0) {
      throw new IllegalArgumentException(
          file + ": there is no column \"" + column + "\"; the columns are " + columns);
    }
    return field;
  }
}
