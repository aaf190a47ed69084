package org.oncilla.benchmarks.oncilla;

import java.util.Optional;
import java.util.OptionalLong;
import org.oncilla.backend.Backend;
import org.oncilla.backend.Backends;
import org.oncilla.benchmarks.workload.ConvolutionWorkload;
import org.oncilla.benchmarks.workload.DeviceCalls;
import org.oncilla.benchmarks.workload.InferenceWorkload;
import org.oncilla.benchmarks.workload.Library;
import org.oncilla.benchmarks.workload.MatmulWorkload;
import org.oncilla.benchmarks.workload.Task;
import org.oncilla.benchmarks.workload.TrainingWorkload;
import org.oncilla.benchmarks.workload.Workload;

/** Oncilla on the backend that {@code -Doncilla.backend=} chooses. */
public final class OncillaLibrary implements Library {
  /** The name in tables. */
  public static final String NAME = "oncilla";

  private static final int STEPS_BEFORE_COUNTING = 2;

  private Backend backend;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String start(int threads) {
    System.setProperty("oncilla.cpu.threads", Integer.toString(threads));
    Backends.Selection selection = Backends.selected();
    backend = selection.backend();
    return backend.name() + ": " + selection.reason();
  }

  @Override
  public Task open(Workload workload) {
    return open(backend, workload);
  }

  /** Prepares a workload on a backend. */
  static Task open(Backend backend, Workload workload) {
    if (workload instanceof TrainingWorkload training) {
      return new TrainingTask(backend, training);
    }
    if (workload instanceof InferenceWorkload inference) {
      return new InferenceTask(backend, inference);
    }
    if (workload instanceof MatmulWorkload product) {
      return new MatmulTask(backend, product);
    }
    return new ConvolutionTask(backend, (ConvolutionWorkload) workload);
  }

  @Override
  public OptionalLong allocations() {
    return OptionalLong.of(backend.pool().statistics().allocations());
  }

  @Override
  public Optional<DeviceCalls> countDeviceCalls(Workload workload) {
    CountingBackend counting = new CountingBackend(backend);
    try (Task task = open(counting.backend(), workload)) {
      for (int i = 0; i < STEPS_BEFORE_COUNTING; i++) {
        task.step();
      }
      counting.clear();
      task.step();
      return Optional.of(counting.calls());
    }
  }

  @Override
  public void close() {
    Backends.shutdown();
  }
}
