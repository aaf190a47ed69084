package org.oncilla.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of cells, as aligned text or as Markdown. The first column is aligned left, others right.
 */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(List<String> heading) {
    rows.add(List.copyOf(heading));
  }

  void add(List<String> row) {
    if (row.size() != rows.get(0).size()) {
      throw new IllegalArgumentException(
          "a row of " + row.size() + " cells in a table of " + rows.get(0).size() + " columns");
    }
    rows.add(List.copyOf(row));
  }

  /** Aligned by spaces. */
  String text() {
    return rows.stream().map(row -> line(row).stripTrailing() + "\n").collect(Collectors.joining());
  }

  private String line(List<String> row) {
    return IntStream.range(0, row.size())
        .mapToObj(
            i -> String.format(Locale.ROOT, "%" + (i == 0 ? "-" : "") + width(i) + "s", row.get(i)))
        .collect(Collectors.joining("  "));
  }

  private int width(int column) {
    return Math.max(1, rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1));
  }

  /** As GitHub renders it. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < rows.size(); i++) {
      text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
      if (i == 0) {
        text.append("|---|").append("---:|".repeat(rows.get(0).size() - 1)).append("\n");
      }
    }
    return text.toString();
  }
}
