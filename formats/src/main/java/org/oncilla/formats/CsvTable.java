package org.oncilla.formats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import org.oncilla.data.ArrayDataset;
import org.oncilla.file.FileFormatException;
import org.oncilla.formats.CsvLines.Line;
import org.oncilla.tensor.Shape;

/**
 * A table of samples in a CSV file (RFC 4180): a line with the names of the columns, then one for
 * each sample. Spaces around a field belong to it only within quotes.
 *
 * <pre>{@code
 * CsvTable houses = CsvTable.read(Path.of("houses.csv"));
 * houses = houses.fillMissing("age", houses.mean("age"));
 * houses = houses.oneHot("kind", houses.classNames("kind"));
 * ArrayDataset data = houses.targets(houses.columnsExcept("price"), "price");
 * }</pre>
 *
 * <p>A table does not change: what fills, drops or encodes gives another one. What is taken from
 * the samples for that, a mean or the classes, is to be taken from the training samples alone and
 * used for the test samples too.
 */
public final class CsvTable {
  private final Path file;
  private final CsvOptions options;
  private final List<String> columns;
  private final List<Line> samples;

  private CsvTable(Path file, CsvOptions options, List<String> columns, List<Line> samples) {
    this.file = file;
    this.options = options;
    this.columns = columns;
    this.samples = samples;
  }

  /** {@link #read(Path, CsvOptions)} of a file with commas between its fields. */
  public static CsvTable read(Path file) throws IOException {
    return read(file, CsvOptions.DEFAULT);
  }

  /**
   * Reads a file in UTF-8, with or without a byte order mark.
   *
   * @throws FileFormatException if it has no sample, a line with more or fewer fields than there
   *     are columns, two columns of one name, or is not in UTF-8
   * @throws java.nio.file.NoSuchFileException if there is no such file, with where it was looked
   *     for
   * @throws IOException if it is a folder or cannot be read
   */
  public static CsvTable read(Path file, CsvOptions options) throws IOException {
    List<Line> lines = CsvLines.read(file, options);
    if (lines.size() < 2) {
      throw new FileFormatException(
          file
              + ": expected a line with the columns' names and at least 1 sample, but found "
              + lines.size()
              + " lines");
    }
    List<String> columns = lines.get(0).cells();
    if (hasTwins(columns)) {
      throw new FileFormatException(file + ": two columns have the same name: " + columns);
    }
    return new CsvTable(file, options, columns, List.copyOf(lines.subList(1, lines.size())));
  }

  /** The names of the columns, in the file's order. */
  public List<String> columns() {
    return columns;
  }

  /**
   * The names of the other columns, such as all but the target.
   *
   * @throws IllegalArgumentException if there is no such column, with those there are
   */
  public List<String> columnsExcept(String... excluded) {
    for (String column : excluded) {
      field(column);
    }
    List<String> left = Arrays.asList(excluded);
    return columns.stream().filter(column -> !left.contains(column)).toList();
  }

  /** Number of samples. */
  public int size() {
    return samples.size();
  }

  /**
   * A column as it is written.
   *
   * @throws IllegalArgumentException if there is no such column, with those there are
   */
  public List<String> texts(String column) {
    int field = field(column);
    return samples.stream().map(sample -> sample.cells().get(field)).toList();
  }

  /**
   * A column of numbers.
   *
   * @throws IllegalArgumentException if there is no such column, or it holds something else, also
   *     nothing or NaN: the message names the line and what to do
   */
  public float[] numbers(String column) {
    float[] numbers = new float[size()];
    int field = field(column);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(samples.get(i), field);
    }
    return numbers;
  }

  /**
   * The mean of a column's numbers, without missing ones.
   *
   * @throws IllegalArgumentException as {@link #numbers}, or if all are missing
   */
  public double mean(String column) {
    int field = field(column);
    double sum = 0;
    int count = 0;
    for (Line sample : samples) {
      if (!isMissing(sample, field)) {
        sum += number(sample, field);
        count++;
      }
    }
    if (count == 0) {
      throw new IllegalArgumentException(
          file + ": all values of column " + column + " are missing, so that it has no mean");
    }
    return sum / count;
  }

  /**
   * The different values of a column in the order of the alphabet: the classes' names.
   *
   * @throws IllegalArgumentException if there is no such column, a value is missing, or the column
   *     holds real numbers, which are no classes
   */
  public List<String> classNames(String column) {
    int field = field(column);
    samples.forEach(sample -> requirePresent(sample, field));
    List<String> names = texts(column).stream().distinct().sorted().toList();
    if (names.stream().allMatch(CsvNumber::isNumber)) {
      names.stream()
          .filter(name -> !CsvNumber.isWhole(CsvNumber.parse(name)))
          .findFirst()
          .ifPresent(real -> refuseAsClass(column, real, names.size()));
    }
    return names;
  }

  private void refuseAsClass(String column, String real, int values) {
    throw new IllegalArgumentException(
        file
            + ": column "
            + column
            + " holds "
            + values
            + " different real numbers such as "
            + real
            + ", which are no classes; predict it by targets(inputs, \""
            + column
            + "\"), or, if each of them is a class after all, list the names yourself");
  }

  /** {@link #dropMissing(List)} of all columns. */
  public CsvTable dropMissing() {
    return dropMissing(columns);
  }

  /**
   * The samples that have a value in each of these columns.
   *
   * @throws IllegalArgumentException if there is no such column, or no such sample
   */
  public CsvTable dropMissing(List<String> among) {
    List<Integer> fields = among.stream().map(this::field).toList();
    List<Line> complete =
        samples.stream()
            .filter(sample -> fields.stream().noneMatch(field -> isMissing(sample, field)))
            .toList();
    if (complete.isEmpty()) {
      throw new IllegalArgumentException(
          file
              + ": each sample lacks a value in one of the columns "
              + among
              + ", so that dropMissing would leave none; fill some by fillMissing, or leave out"
              + " the columns that are emptiest");
    }
    return new CsvTable(file, options, columns, complete);
  }

  /**
   * The samples with this number for each that is missing in a column, such as the {@link #mean} of
   * the training samples.
   *
   * @throws IllegalArgumentException if there is no such column, or the number is not finite
   */
  public CsvTable fillMissing(String column, double value) {
    if (!Float.isFinite((float) value)) {
      throw new IllegalArgumentException(
          "fillMissing: column " + column + " needs a finite number, not " + value);
    }
    return fillMissing(column, Double.toString(value));
  }

  /**
   * The samples with this text for each that is missing in a column, such as "unknown".
   *
   * @throws IllegalArgumentException if there is no such column, or the text stands for a missing
   *     value itself
   */
  public CsvTable fillMissing(String column, String text) {
    int field = field(column);
    if (options.isMissing(text)) {
      throw new IllegalArgumentException(
          "fillMissing: \"" + text + "\" stands for a missing value itself; choose another text");
    }
    List<Line> filled = replaced(field, cell -> List.of(options.isMissing(cell) ? text : cell));
    return new CsvTable(file, options, columns, filled);
  }

  /**
   * The samples with one column for each category instead of a column of texts, named
   * COLUMN_CATEGORY: 1 where the text is that category, else 0.
   *
   * @param categories in the order of the new columns, such as {@link #classNames} of the training
   *     samples
   * @throws IllegalArgumentException if there is no such column, there are no categories or two of
   *     one name, a value is missing or not among them, or a column has the name of a new one
   */
  public CsvTable oneHot(String column, List<String> categories) {
    int field = field(column);
    if (categories.isEmpty() || hasTwins(categories)) {
      throw new IllegalArgumentException(
          "oneHot: column " + column + " needs categories that differ, not " + categories);
    }
    samples.forEach(sample -> index(sample, field, categories, "categories"));
    List<String> names = new ArrayList<>(columns);
    names.remove(field);
    names.addAll(field, categories.stream().map(category -> column + "_" + category).toList());
    if (hasTwins(names)) {
      throw new IllegalArgumentException(
          "oneHot: column " + column + " would make two columns of one name: " + names);
    }
    List<List<String>> codes =
        categories.stream()
            .map(one -> categories.stream().map(other -> other.equals(one) ? "1" : "0").toList())
            .toList();
    return new CsvTable(
        file,
        options,
        List.copyOf(names),
        replaced(field, cell -> codes.get(categories.indexOf(cell))));
  }

  /** The samples with other cells instead of one. */
  private List<Line> replaced(int field, Function<String, List<String>> by) {
    return samples.stream()
        .map(
            sample -> {
              List<String> cells = new ArrayList<>(sample.cells());
              cells.addAll(field, by.apply(cells.remove(field)));
              return new Line(sample.number(), List.copyOf(cells));
            })
        .toList();
  }

  /**
   * Samples with real targets.
   *
   * @param inputs the columns of numbers that make an input, of shape [columns]
   * @param target the column of numbers that is to be predicted, of shape [1]
   * @throws IllegalArgumentException as {@link #numbers}, or if there are no inputs, one of them
   *     twice, or the target among them
   */
  public ArrayDataset targets(List<String> inputs, String target) {
    checkInputs("targets", inputs, target);
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
   * @throws IllegalArgumentException as {@link #targets}, or if a class is not among the names
   */
  public ArrayDataset labels(List<String> inputs, String target, List<String> classNames) {
    checkInputs("labels", inputs, target);
    int field = field(target);
    int[] labels = new int[size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = index(samples.get(i), field, classNames, "classes");
    }
    return ArrayDataset.ofLabels(
        Shape.of(inputs.size()), inputs(inputs), labels, classNames.size());
  }

  private void checkInputs(String operation, List<String> inputs, String target) {
    field(target);
    String problem = null;
    if (inputs.isEmpty()) {
      problem = "there are no inputs; name at least 1 of the columns " + columns;
    } else if (inputs.contains(target)) {
      problem =
          "column "
              + target
              + " is to be predicted and is among the inputs "
              + inputs
              + " too; leave it out, as columnsExcept(\""
              + target
              + "\") does";
    } else if (hasTwins(inputs)) {
      problem = "a column is named twice among the inputs " + inputs;
    }
    if (problem != null) {
      throw new IllegalArgumentException(file + ": " + operation + ": " + problem);
    }
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

  private float number(Line sample, int field) {
    String text = requirePresent(sample, field);
    try {
      return CsvNumber.parse(text);
    } catch (NumberFormatException malformed) {
      throw new IllegalArgumentException(
          place(sample, field) + quoted(text) + " " + malformed.getMessage(), malformed);
    }
  }

  private int index(Line sample, int field, List<String> names, String kind) {
    String text = requirePresent(sample, field);
    int index = names.indexOf(text);
    if (index < 0) {
      throw new IllegalArgumentException(
          place(sample, field) + quoted(text) + " is none of the " + kind + " " + names);
    }
    return index;
  }

  private boolean isMissing(Line sample, int field) {
    return options.isMissing(sample.cells().get(field));
  }

  /** The cell's text. */
  private String requirePresent(Line sample, int field) {
    String text = sample.cells().get(field);
    if (isMissing(sample, field)) {
      String column = columns.get(field);
      throw new IllegalArgumentException(
          place(sample, field)
              + (text.isBlank()
                  ? "the cell is empty"
                  : quoted(text) + " stands for a missing value")
              + "; drop such samples by dropMissing(List.of(\""
              + column
              + "\")), or fill them by fillMissing(\""
              + column
              + "\", value), as with mean(\""
              + column
              + "\")");
    }
    return text;
  }

  private String place(Line sample, int field) {
    return file + ", line " + sample.number() + ", column " + columns.get(field) + ": ";
  }

  private static String quoted(String text) {
    return "\"" + text + "\"";
  }

  private static boolean hasTwins(List<String> names) {
    return new HashSet<>(names).size() < names.size();
  }

  private int field(String column) {
    int field = columns.indexOf(column);
    if (field < 0) {
      throw new IllegalArgumentException(
          file
              + ": there is no column \""
              + column
              + "\"; the columns are "
              + columns
              + (columns.size() > 1 ? "" : CsvLines.separatorHint(columns, options)));
    }
    return field;
  }

  /** The file, the number of samples and the columns. */
  @Override
  public String toString() {
    return "CsvTable(" + file + ", " + size() + " samples, columns " + columns + ")";
  }
}
