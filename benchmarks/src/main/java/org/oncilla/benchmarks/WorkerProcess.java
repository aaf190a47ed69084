package org.oncilla.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.oncilla.benchmarks.workload.DeviceCalls;
import org.oncilla.benchmarks.workload.Workload;

/**
 * One library running one workload in a process of its own. Two libraries in one process would
 * share a heap, a garbage collector and a compiler, and the threads that one of them keeps spinning
 * after its turn would run into the turn of the other.
 */
final class WorkerProcess implements AutoCloseable {
  private static final String WAIT_POLICY = "OMP_WAIT_POLICY";

  private final ChildJvm jvm;
  private final int parameterCount;
  private final String description;

  WorkerProcess(String library, Workload workload, int threads) {
    String count = Integer.toString(threads);
    jvm =
        new ChildJvm(
            library + " running " + workload.name(),
            nativeThreads(count),
            Worker.class,
            List.of(library, workload.name(), count));
    try {
      String[] greeting = jvm.hear().split(" ", 2);
      parameterCount = Integer.parseInt(greeting[0]);
      description = greeting[1];
    } catch (RuntimeException failure) {
      jvm.close();
      throw failure;
    }
  }

  /**
   * What the OpenMP and OpenBLAS of native libraries read before any call of theirs. Their threads
   * wait without spinning unless the caller's environment says otherwise: where there are as few
   * cores as threads, those that spin keep the others from working.
   */
  private static Map<String, String> nativeThreads(String count) {
    String waiting = System.getenv().getOrDefault(WAIT_POLICY, "PASSIVE");
    return Map.of(
        "OMP_NUM_THREADS",
        count,
        "OPENBLAS_NUM_THREADS",
        count,
        "MKL_NUM_THREADS",
        count,
        WAIT_POLICY,
        waiting);
  }

  int parameterCount() {
    return parameterCount;
  }

  /** Version, device and the like. */
  String description() {
    return description;
  }

  /**
   * What each of the first steps computes; see {@link org.oncilla.benchmarks.workload.Task#value}.
   */
  double[] values(int steps) {
    return numbers("values " + steps).toArray();
  }

  /** Runs for some time; returns the nanoseconds of a step. */
  double warm(int milliseconds) {
    return Double.parseDouble(ask("warm " + milliseconds));
  }

  /** The mean nanoseconds of a step, over a number of steps. */
  double time(int steps) {
    return Double.parseDouble(ask("time " + steps));
  }

  /** Device buffers allocated so far. */
  OptionalLong allocations() {
    long allocations = Long.parseLong(ask("allocations"));
    return allocations < 0 ? OptionalLong.empty() : OptionalLong.of(allocations);
  }

  /** What one step asks of the device. Once, at the end: it disturbs what is timed after it. */
  Optional<DeviceCalls> calls() {
    int[] counts = numbers("calls").mapToInt(count -> (int) count).toArray();
    return counts.length == 0
        ? Optional.empty()
        : Optional.of(new DeviceCalls(counts[0], counts[1], counts[2]));
  }

  private DoubleStream numbers(String order) {
    String answer = ask(order);
    return answer.isEmpty()
        ? DoubleStream.empty()
        : Stream.of(answer.split(" ")).mapToDouble(Double::parseDouble);
  }

  private String ask(String order) {
    jvm.say(order);
    return jvm.hear();
  }

  @Override
  public void close() {
    jvm.close();
  }
}
