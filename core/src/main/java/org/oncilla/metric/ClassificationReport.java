package org.oncilla.metric;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Precision, recall and F1 of each class and on average, with the conventions of scikit-learn's
 * {@code classification_report}: a ratio whose denominator is 0 is 0, and of exclusive classes
 * those that occur neither among labels nor among predictions are left out of averages. {@link
 * #toString()} is the table.
 */
public final class ClassificationReport {
  private final List<String> names;
  private final List<ClassCounts> classes;
  private final List<ClassCounts> averaged;
  private final ClassCounts total;
  private final boolean exclusive;

  /**
   * A report.
   *
   * @param exclusive whether each sample has exactly one class, so that there is an accuracy
   */
  ClassificationReport(List<String> names, List<ClassCounts> classes, boolean exclusive) {
    this.names = List.copyOf(names);
    this.classes = List.copyOf(classes);
    this.exclusive = exclusive;
    this.averaged =
        exclusive ? classes.stream().filter(ClassCounts::occurs).toList() : this.classes;
    this.total = classes.stream().reduce(new ClassCounts(0, 0, 0), ClassCounts::plus);
  }

  /** The counts and scores of each class. */
  public List<ClassCounts> classes() {
    return classes;
  }

  /** The names of the classes; their numbers where none were given. */
  public List<String> names() {
    return names;
  }

  /** Precision over all classes; NaN without a sample. */
  public double precision(Average average) {
    return score(average, ClassCounts::precision);
  }

  /** Recall over all classes; NaN without a sample. */
  public double recall(Average average) {
    return score(average, ClassCounts::recall);
  }

  /** F1 over all classes: of MACRO, the mean of the classes' F1; NaN without a sample. */
  public double f1(Average average) {
    return score(average, ClassCounts::f1);
  }

  double score(Average average, ToDoubleFunction<ClassCounts> score) {
    if (averaged.isEmpty()) {
      return Double.NaN;
    }
    return switch (average) {
      case MICRO -> score.applyAsDouble(total);
      case MACRO -> averaged.stream().mapToDouble(score).sum() / averaged.size();
      case WEIGHTED -> weighted(score);
    };
  }

  private double weighted(ToDoubleFunction<ClassCounts> score) {
    double sum = averaged.stream().mapToDouble(c -> c.support() * score.applyAsDouble(c)).sum();
    return total.support() == 0 ? 0 : sum / total.support();
  }

  /** A line for each class, then the averages. */
  @Override
  public String toString() {
    int width = Math.max(12, names.stream().mapToInt(String::length).max().orElse(0));
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            "%" + width + "s  %9s  %9s  %9s  %9s%n",
            "",
            "precision",
            "recall",
            "f1-score",
            "support"));
    IntStream.range(0, classes.size())
        .forEach(
            i -> {
              ClassCounts c = classes.get(i);
              row(table, width, names.get(i), c.precision(), c.recall(), c.f1(), c.support());
            });
    if (exclusive) {
      table.append(
          String.format(
              Locale.ROOT,
              "%" + width + "s  %9s  %9s  %9.4f  %9d%n",
              "accuracy",
              "",
              "",
              f1(Average.MICRO),
              total.support()));
    }
    for (Average average :
        exclusive ? List.of(Average.MACRO, Average.WEIGHTED) : List.of(Average.values())) {
      row(
          table,
          width,
          average + " avg",
          precision(average),
          recall(average),
          f1(average),
          total.support());
    }
    return table.toString();
  }

  private static void row(
      StringBuilder table,
      int width,
      String name,
      double precision,
      double recall,
      double f1,
      long support) {
    table.append(
        String.format(
            Locale.ROOT,
            "%" + width + "s  %9.4f  %9.4f  %9.4f  %9d%n",
            name,
            precision,
            recall,
            f1,
            support));
  }
}
