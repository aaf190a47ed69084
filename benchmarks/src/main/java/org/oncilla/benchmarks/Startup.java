package org.oncilla.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.oncilla.benchmarks.workload.Workload;
import org.oncilla.benchmarks.workload.Workloads;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures from the start of a JVM to the end of its first training step, several times over. */
@Command(name = "bin/bench startup")
public final class Startup implements Callable<Integer> {
  @Parameters(paramLabel = "WORKLOAD", arity = "0..1")
  private String name = "train/lenet5/b64/sgd";

  @Option(names = "--rounds")
  private int rounds = 5;

  /** Ends with status 0, or 2 for a wrong option. */
  public static void main(String[] arguments) {
    System.exit(SideBySide.execute(new Startup(), arguments));
  }

  @Override
  public Integer call() {
    Workload workload = Workloads.named(name);
    Map<String, List<Double>> seconds = new LinkedHashMap<>();
    for (int round = 0; round < rounds; round++) {
      start(workload, seconds);
    }
    Table table =
        new Table(List.of("seconds from the start of the JVM until", "median", "quartiles"));
    seconds.forEach((phase, values) -> table.add(row(phase, values)));
    System.out.println(workload.name() + ", " + rounds + " starts");
    System.out.print(table.text());
    return 0;
  }

  private static void start(Workload workload, Map<String, List<Double>> seconds) {
    long start = System.nanoTime();
    try (ChildJvm jvm =
        new ChildJvm("the first step", Map.of(), FirstStep.class, List.of(workload.name()))) {
      for (String phase : FirstStep.PHASES) {
        String heard = jvm.hear();
        if (!heard.equals(phase)) {
          throw new IllegalStateException("expected \"" + phase + "\", heard \"" + heard + "\"");
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        seconds.computeIfAbsent(phase, p -> new ArrayList<>()).add(elapsed);
      }
    }
  }

  private static List<String> row(String phase, List<Double> seconds) {
    Quartiles q = Quartiles.of(seconds.stream().mapToDouble(Double::doubleValue).toArray());
    return List.of(
        phase,
        Report.digits(q.median()),
        Report.digits(q.lower()) + "–" + Report.digits(q.upper()));
  }
}
