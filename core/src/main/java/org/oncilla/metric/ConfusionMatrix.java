package org.oncilla.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How often samples of each class were taken for each class. Outputs and targets are those of
 * {@link Accuracy}; samples with a negative label do not count. The number for tables is the share
 * on the diagonal.
 *
 * <pre>{@code
 * ConfusionMatrix matrix = new ConfusionMatrix();
 * try (Evaluator evaluator = new Evaluator(model, loss, List.of(matrix))) {
 *   evaluator.evaluate(test.batches(256));
 * }
 * System.out.println(matrix);            // the table
 * System.out.println(matrix.report());   // precision, recall and F1 of each class
 * }</pre>
 */
public final class ConfusionMatrix extends ClassMetric implements ReportingMetric {
  private final List<String> names;
  private long[][] counts = new long[0][0];

  /** With the classes named by their numbers. */
  public ConfusionMatrix() {
    this(List.of());
  }

  /**
   * With names of the classes.
   *
   * @param names one for each class; empty for their numbers
   */
  public ConfusionMatrix(List<String> names) {
    this.names = List.copyOf(names);
  }

  @Override
  public String name() {
    return "confusion_matrix";
  }

  @Override
  public ConfusionMatrix fresh() {
    return new ConfusionMatrix(names);
  }

  @Override
  void classes(int number) {
    if (!names.isEmpty() && names.size() != number) {
      throw new IllegalArgumentException(
          name() + ": " + names.size() + " names, but the outputs have " + number + " classes");
    }
    if (counts.length != number) {
      counts = new long[number][number];
    }
  }

  @Override
  void count(int predicted, int label) {
    counts[label][predicted]++;
  }

  @Override
  protected void forget() {
    super.forget();
    counts = new long[0][0];
  }

  /**
   * The counts so far: {@code counts()[label][predicted]}; waits for the device.
   *
   * @return a copy, C by C; empty before the first batch
   */
  public long[][] counts() {
    flush();
    return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }

  /** The names of the classes; their numbers where none were given. */
  public List<String> names() {
    return Names.of(names, counts.length);
  }

  @Override
  protected double result() {
    long all = Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    long diagonal = IntStream.range(0, counts.length).mapToLong(c -> counts[c][c]).sum();
    return all == 0 ? Double.NaN : (double) diagonal / all;
  }

  @Override
  public ClassificationReport report() {
    long[][] matrix = counts();
    List<ClassCounts> classes =
        IntStream.range(0, matrix.length).mapToObj(c -> ofClass(matrix, c)).toList();
    return new ClassificationReport(names(), classes, true);
  }

  private static ClassCounts ofClass(long[][] matrix, int c) {
    long predicted = Arrays.stream(matrix).mapToLong(row -> row[c]).sum();
    long actual = Arrays.stream(matrix[c]).sum();
    return new ClassCounts(matrix[c][c], predicted - matrix[c][c], actual - matrix[c][c]);
  }

  /** The table: a row for each true class, a column for each predicted one. */
  @Override
  public String toString() {
    long[][] matrix = counts();
    List<String> labels = names();
    int[] widths = new int[matrix.length];
    for (int c = 0; c < widths.length; c++) {
      int column = c;
      long largest = Arrays.stream(matrix).mapToLong(row -> row[column]).max().orElse(0);
      widths[c] = Math.max(labels.get(c).length(), Long.toString(largest).length());
    }
    String corner = "true \\ predicted";
    int first = Math.max(corner.length(), labels.stream().mapToInt(String::length).max().orElse(0));
    StringBuilder table = new StringBuilder(padded(corner, first));
    for (int c = 0; c < widths.length; c++) {
      table.append(String.format("  %" + widths[c] + "s", labels.get(c)));
    }
    table.append(System.lineSeparator());
    for (int row = 0; row < matrix.length; row++) {
      table.append(padded(labels.get(row), first));
      for (int c = 0; c < widths.length; c++) {
        table.append(String.format(Locale.ROOT, "  %" + widths[c] + "d", matrix[row][c]));
      }
      table.append(System.lineSeparator());
    }
    return table.toString();
  }

  private static String padded(String text, int width) {
    return String.format("%-" + width + "s", text);
  }
}
