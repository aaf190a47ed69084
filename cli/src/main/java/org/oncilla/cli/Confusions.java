package org.oncilla.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Which classes are taken for which others most often.
 *
 * @param most in order, the most frequent first
 */
record Confusions(List<Confusion> most) {
  /**
   * Samples of one class that were taken for another.
   *
   * @param samples of the actual class in all
   */
  record Confusion(String actual, String predicted, long count, long samples) {}

  /**
   * The most frequent ones.
   *
   * @param counts samples by actual class, then by predicted class
   */
  static Confusions of(List<String> classNames, long[][] counts, int limit) {
    List<Confusion> all = new ArrayList<>();
    for (int actual = 0; actual < counts.length; actual++) {
      long samples = LongStream.of(counts[actual]).sum();
      for (int predicted = 0; predicted < counts.length; predicted++) {
        long count = counts[actual][predicted];
        if (actual != predicted && count > 0) {
          all.add(new Confusion(classNames.get(actual), classNames.get(predicted), count, samples));
        }
      }
    }
    all.sort(Comparator.comparingLong(Confusion::count).reversed());
    return new Confusions(List.copyOf(all.subList(0, Math.min(limit, all.size()))));
  }

  void print(PrintWriter out) {
    if (most.isEmpty()) {
      out.println("confused  none: the model is right on every test image");
      return;
    }
    int actual = width(Confusion::actual, "actual");
    int predicted = width(Confusion::predicted, "predicted");
    String names = "%-" + actual + "s  %-" + predicted + "s";
    out.printf(
        "%nconfused most often%n%n" + names + "  %6s  %14s%n",
        "actual",
        "predicted",
        "count",
        "of its class");
    for (Confusion confusion : most) {
      out.printf(
          Locale.ROOT,
          names + "  %,6d  %12.2f %%%n",
          confusion.actual(),
          confusion.predicted(),
          confusion.count(),
          100.0 * confusion.count() / confusion.samples());
    }
  }

  private int width(Function<Confusion, String> column, String heading) {
    return most.stream()
        .mapToInt(row -> column.apply(row).length())
        .reduce(heading.length(), Math::max);
  }
}
