package org.oncilla.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.oncilla.benchmarks.oncilla.OncillaLibrary;
import org.oncilla.benchmarks.workload.Workload;
import org.oncilla.benchmarks.workload.Workloads;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Measures workloads on Oncilla, alone or in turn with another library, and prints a table. {@code
 * bin/bench --help} describes the options.
 */
@Command(name = "bin/bench")
public final class SideBySide implements Callable<Integer> {
  private static final String PEER = "libtorch";

  /** Largest load average of a machine that has nothing else to do. */
  private static final double QUIET = 0.5;

  @Parameters(paramLabel = "WORKLOAD")
  private List<String> words = new ArrayList<>();

  @Option(names = "--list")
  private boolean list;

  @Option(names = "--peers")
  private boolean peers;

  @Option(names = "--rounds")
  private int rounds = 15;

  @Option(names = "--warmup", description = "seconds")
  private double warmUp = 3;

  @Option(names = "--turn", description = "milliseconds")
  private int turn = 100;

  @Option(names = "--threads")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--markdown")
  private Path markdown;

  /** Ends with status 0; 1 where a check failed; 2 for a wrong option. */
  public static void main(String[] arguments) {
    System.exit(execute(new SideBySide(), arguments));
  }

  /** Runs a command; a wrong argument is explained without a stack trace. */
  static int execute(Object command, String... arguments) {
    return commandLine(command).execute(arguments);
  }

  static CommandLine commandLine(Object command) {
    return new CommandLine(command).setExecutionExceptionHandler(SideBySide::explain);
  }

  private static int explain(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
    if (failure instanceof IllegalArgumentException || failure instanceof IllegalStateException) {
      command.getErr().println("bin/bench: " + failure.getMessage());
      return failure instanceof IllegalArgumentException ? 2 : 1;
    }
    throw failure;
  }

  @Override
  public Integer call() throws IOException {
    if (list) {
      Workloads.all().forEach(workload -> System.out.println(workload.name()));
      return 0;
    }
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    if (load > QUIET) {
      System.err.printf(
          Locale.ROOT,
          "bin/bench: other programs compute here (load average %.1f); the figures will not count%n",
          load);
    }
    Plan plan = new Plan(rounds, (int) Math.ceil(warmUp * 1000), turn, threads);
    List<Measurement> measurements = new ArrayList<>();
    for (Workload workload : Workloads.matching(words)) {
      System.err.println(workload.name() + " …");
      measurements.add(measure(workload, plan));
    }
    report(measurements, plan, load);
    List<String> problems = measurements.stream().flatMap(m -> m.problems().stream()).toList();
    problems.forEach(problem -> System.out.println("PROBLEM " + problem));
    return problems.isEmpty() ? 0 : 1;
  }

  private Measurement measure(Workload workload, Plan plan) {
    List<String> libraries =
        peers ? List.of(OncillaLibrary.NAME, PEER) : List.of(OncillaLibrary.NAME);
    try (Comparison comparison = new Comparison(workload, libraries, plan)) {
      return comparison.run();
    }
  }

  private void report(List<Measurement> measurements, Plan plan, double load) throws IOException {
    Table table = Report.table(measurements);
    String conditions = conditions(measurements, plan, load);
    String mean = Report.trainingMean(measurements).map(line -> "\n" + line + "\n").orElse("");
    System.out.println();
    System.out.println(conditions);
    System.out.println(table.text() + mean);
    if (markdown != null) {
      Files.writeString(
          markdown, conditions.replace("\n", "  \n") + "\n" + table.markdown() + mean);
    }
  }

  private static String conditions(List<Measurement> measurements, Plan plan, double load) {
    Set<String> lines = new LinkedHashSet<>();
    for (Measurement measurement : measurements) {
      measurement.sides().forEach(s -> lines.add(s.library() + " — " + s.description()));
    }
    lines.add(
        String.format(
            Locale.ROOT,
            "Java %s, %s, load average %.1f before; %d threads a side, %d rounds in turn, medians (quartiles)",
            System.getProperty("java.version"),
            System.getProperty("os.arch"),
            load,
            plan.threads(),
            plan.rounds()));
    return String.join("\n", lines) + "\n";
  }
}
