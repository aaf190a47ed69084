package org.oncilla.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.oncilla.benchmarks.workload.Workload;

/**
 * Measures one workload on each library, in turn: A B A B … after a warm-up of both, so that what
 * disturbs the machine disturbs both. Before, it checks that they do the same work; after, that
 * Oncilla allocated nothing.
 */
final class Comparison implements AutoCloseable {
  private static final int CHECKED_STEPS = 12;
  private static final double NANOS_IN_MILLI = 1e6;

  private final Workload workload;
  private final Plan plan;
  private final List<String> libraries;
  private final List<WorkerProcess> workers = new ArrayList<>();

  Comparison(Workload workload, List<String> libraries, Plan plan) {
    this.workload = workload;
    this.libraries = libraries;
    this.plan = plan;
    try {
      libraries.forEach(name -> workers.add(new WorkerProcess(name, workload, plan.threads())));
    } catch (RuntimeException failure) {
      close();
      throw failure;
    }
  }

  Measurement run() {
    List<String> problems = new ArrayList<>(checkWork());
    int[] steps = workers.stream().mapToInt(this::stepsInATurn).toArray();
    OptionalLong[] before = allocations();
    double[][] nanos = takeTurns(steps);
    OptionalLong[] after = allocations();
    List<Measurement.Side> sides = new ArrayList<>();
    for (int i = 0; i < workers.size(); i++) {
      Optional<Long> newBuffers =
          before[i].isEmpty()
              ? Optional.empty()
              : Optional.of(after[i].getAsLong() - before[i].getAsLong());
      sides.add(side(i, nanos[i], newBuffers));
    }
    sides.forEach(side -> checkMemory(side, problems));
    return new Measurement(workload, sides, speedUp(nanos), problems);
  }

  private List<String> checkWork() {
    WorkCheck check = new WorkCheck(workload);
    for (int i = 0; i < workers.size(); i++) {
      WorkerProcess worker = workers.get(i);
      check.add(libraries.get(i), worker.parameterCount(), worker.values(CHECKED_STEPS));
    }
    return check.problems();
  }

  private int stepsInATurn(WorkerProcess worker) {
    double nanos = worker.warm(plan.warmUpMillis());
    return (int) Math.max(1, Math.round(plan.turnMillis() * NANOS_IN_MILLI / nanos));
  }

  private OptionalLong[] allocations() {
    return workers.stream().map(WorkerProcess::allocations).toArray(OptionalLong[]::new);
  }

  /** Nanoseconds of a step, for each side and round. */
  private double[][] takeTurns(int[] steps) {
    double[][] nanos = new double[workers.size()][plan.rounds()];
    for (int round = 0; round < plan.rounds(); round++) {
      for (int i = 0; i < workers.size(); i++) {
        nanos[i][round] = workers.get(i).time(steps[i]);
      }
    }
    return nanos;
  }

  private Measurement.Side side(int index, double[] nanos, Optional<Long> newBuffers) {
    WorkerProcess worker = workers.get(index);
    double[] milliseconds =
        IntStream.range(0, nanos.length).mapToDouble(i -> nanos[i] / NANOS_IN_MILLI).toArray();
    return new Measurement.Side(
        libraries.get(index),
        worker.description(),
        worker.parameterCount(),
        Quartiles.of(milliseconds),
        newBuffers,
        worker.calls());
  }

  private void checkMemory(Measurement.Side side, List<String> problems) {
    side.newBuffers()
        .filter(count -> count != 0)
        .ifPresent(
            count ->
                problems.add(
                    workload.name()
                        + ": "
                        + side.library()
                        + " allocated "
                        + count
                        + " device buffers after the warm-up; a step must find all of its buffers in the pool"));
  }

  private static Optional<Quartiles> speedUp(double[][] nanos) {
    if (nanos.length < 2) {
      return Optional.empty();
    }
    double[] ratios = new double[nanos[0].length];
    for (int round = 0; round < ratios.length; round++) {
      ratios[round] = nanos[1][round] / nanos[0][round];
    }
    return Optional.of(Quartiles.of(ratios));
  }

  @Override
  public void close() {
    workers.forEach(WorkerProcess::close);
  }
}
