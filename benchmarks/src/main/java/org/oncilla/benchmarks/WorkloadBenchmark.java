package org.oncilla.benchmarks;

import java.util.concurrent.TimeUnit;
import org.oncilla.benchmarks.oncilla.OncillaLibrary;
import org.oncilla.benchmarks.workload.Task;
import org.oncilla.benchmarks.workload.Workloads;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Any workload under JMH, for its profilers: {@code bin/bench jmh Workload -p
 * workload=train/lenet5/b64/sgd -prof gc}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WorkloadBenchmark {
  /** A name of {@code bin/bench --list}. */
  @Param("train/lenet5/b64/sgd")
  public String workload;

  private OncillaLibrary library;
  private Task task;

  /** Opens the backend and the workload. */
  @Setup
  public void open() {
    library = new OncillaLibrary();
    library.start(Runtime.getRuntime().availableProcessors());
    task = library.open(Workloads.named(workload));
  }

  /** One step. */
  @Benchmark
  public void step() {
    task.step();
  }

  /** Closes both. */
  @TearDown
  public void close() {
    task.close();
    library.close();
  }
}
