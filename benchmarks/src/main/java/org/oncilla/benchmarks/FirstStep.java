package org.oncilla.benchmarks;

import java.util.List;
import org.oncilla.benchmarks.oncilla.OncillaLibrary;
import org.oncilla.benchmarks.workload.Task;
import org.oncilla.benchmarks.workload.Workloads;

/** Starts up, takes one step and ends; says when it has come how far. */
public final class FirstStep {
  /** What is said, in this order. */
  static final List<String> PHASES =
      List.of("main starts", "the backend is open", "the model is built", "the first step is done");

  private FirstStep() {}

  /** Argument: the workload. */
  public static void main(String[] arguments) {
    System.out.println(PHASES.get(0));
    try (OncillaLibrary library = new OncillaLibrary()) {
      library.start(Runtime.getRuntime().availableProcessors());
      System.out.println(PHASES.get(1));
      try (Task task = library.open(Workloads.named(arguments[0]))) {
        System.out.println(PHASES.get(2));
        task.step();
        System.out.println(PHASES.get(3));
      }
    }
  }
}
