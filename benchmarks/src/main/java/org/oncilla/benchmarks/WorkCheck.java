package org.oncilla.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.oncilla.benchmarks.workload.TrainingWorkload;
import org.oncilla.benchmarks.workload.Workload;

/**
 * Whether the libraries do the same work: as many weights, the same results of the first steps from
 * the same weights, and a loss that falls.
 */
final class WorkCheck {
  /** Steps whose results must agree; rounding drives longer trainings apart. */
  private static final int COMPARED_STEPS = 5;

  /** Relative; single precision, different orders of summation. */
  private static final double TOLERANCE = 1e-4;

  private final Workload workload;
  private final List<String> problems = new ArrayList<>();
  private String firstLibrary;
  private int firstCount;
  private double[] firstValues;

  WorkCheck(Workload workload) {
    this.workload = workload;
  }

  /**
   * Looks at one library.
   *
   * @param values of its first steps
   */
  void add(String library, int parameterCount, double[] values) {
    checkValues(library, values);
    if (firstLibrary == null) {
      firstLibrary = library;
      firstCount = parameterCount;
      firstValues = values;
      return;
    }
    if (parameterCount != firstCount) {
      problem(firstLibrary + " has " + firstCount + " weights, " + library + " " + parameterCount);
    }
    for (int step = 0; step < Math.min(COMPARED_STEPS, values.length); step++) {
      compare(library, step, values[step]);
    }
  }

  private void checkValues(String library, double[] values) {
    for (int step = 0; step < values.length; step++) {
      if (!Double.isFinite(values[step])) {
        problem(library + " got " + values[step] + " at step " + (step + 1));
        return;
      }
    }
    double first = values[0];
    double last = values[values.length - 1];
    if (workload instanceof TrainingWorkload && !(last < first)) {
      problem(library + " does not learn: loss " + first + " at first, then " + last);
    }
  }

  private void compare(String library, int step, double value) {
    double expected = firstValues[step];
    if (!(Math.abs(value - expected)
        <= TOLERANCE * Math.max(Math.abs(expected), Math.abs(value)))) {
      problem(
          firstLibrary
              + " got "
              + expected
              + " at step "
              + (step + 1)
              + ", "
              + library
              + " "
              + value);
    }
  }

  private void problem(String text) {
    problems.add(workload.name() + ": " + text);
  }

  /** What is wrong; empty where all is well. */
  List<String> problems() {
    return List.copyOf(problems);
  }
}
