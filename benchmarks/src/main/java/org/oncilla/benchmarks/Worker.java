package org.oncilla.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.oncilla.benchmarks.workload.Library;
import org.oncilla.benchmarks.workload.Task;
import org.oncilla.benchmarks.workload.Workload;
import org.oncilla.benchmarks.workload.Workloads;

/**
 * The process that runs one workload on one library, on orders from {@link WorkerProcess}: one line
 * in, one line out.
 */
public final class Worker {
  private final PrintStream answers;
  private final Library library;
  private final Workload workload;
  private final Task task;

  private Worker(PrintStream answers, Library library, Workload workload, Task task) {
    this.answers = answers;
    this.library = library;
    this.workload = workload;
    this.task = task;
  }

  /** Arguments: library, workload, threads. */
  public static void main(String[] arguments) throws IOException {
    PrintStream answers = System.out;
    System.setOut(System.err); // what a library prints must not get among the answers
    try (Library library = Library.named(arguments[0])) {
      String description = library.start(Integer.parseInt(arguments[2]));
      Workload workload = Workloads.named(arguments[1]);
      try (Task task = library.open(workload)) {
        answers.println(task.parameterCount() + " " + description);
        new Worker(answers, library, workload, task).obey();
      }
    }
  }

  private void obey() throws IOException {
    BufferedReader orders =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = orders.readLine(); line != null; line = orders.readLine()) {
      String[] words = line.split(" ");
      answers.println(answer(words[0], words.length > 1 ? Integer.parseInt(words[1]) : 0));
    }
  }

  private String answer(String order, int number) {
    return switch (order) {
      case "values" -> values(number);
      case "warm" -> warm(number);
      case "time" -> time(number);
      case "allocations" -> Long.toString(library.allocations().orElse(-1));
      case "calls" ->
          library
              .countDeviceCalls(workload)
              .map(calls -> calls.kernels() + " " + calls.reads() + " " + calls.writes())
              .orElse("");
      default -> throw new IllegalArgumentException("a worker does not know the order " + order);
    };
  }

  /** The value of each of the first steps. */
  private String values(int steps) {
    StringBuilder values = new StringBuilder();
    task.reset();
    for (int i = 0; i < steps; i++) {
      task.step();
      values.append(i == 0 ? "" : " ").append(task.value());
    }
    return values.toString();
  }

  /**
   * Runs for a number of milliseconds.
   *
   * @return nanoseconds of a step, over the last half of them
   */
  private String warm(int milliseconds) {
    long start = System.nanoTime();
    long half = start;
    long end = start;
    int steps = 0;
    boolean inFirstHalf = true;
    task.reset();
    while (end - start < milliseconds * 1_000_000L || steps == 0) {
      task.step();
      end = System.nanoTime();
      steps++;
      if (inFirstHalf && end - start >= milliseconds * 500_000L && steps > 1) {
        inFirstHalf = false;
        half = end;
        steps = 0;
      }
    }
    return Long.toString((end - half) / steps);
  }

  /**
   * Times steps. Some before them are not timed: they bring back into the caches, and wake, what
   * the other side's turn displaced.
   *
   * @return nanoseconds of a step, in the mean
   */
  private String time(int steps) {
    task.reset();
    for (int i = 0; i < steps / 5 + 1; i++) {
      task.step();
    }
    long start = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      task.step();
    }
    return Double.toString((System.nanoTime() - start) / (double) steps);
  }
}
