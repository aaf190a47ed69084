package org.oncilla.opencl;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.DType;
import org.oncilla.backend.RandomKernels;
import org.oncilla.backend.Span;

/** Random numbers by random.cl, one Philox block of four elements a work-item. */
final class OpenClRandom implements RandomKernels {
  private static final int BLOCK = 4;

  private final OpenClRuntime runtime;
  private final OpenClPrograms.ProgramKey program;

  OpenClRandom(OpenClRuntime runtime) {
    this.runtime = runtime;
    program = runtime.program("random", "");
  }

  @Override
  public void uniform(long seed, long stream, float low, float high, Span out) {
    String operation = ArgumentChecks.uniform(DType.FLOAT32, out);
    if (out.length() == 0) {
      return;
    }
    OpenClLauncher.Launch launch =
        runtime.launch(operation, program, "uniform").span(out).ints(out.length());
    enqueue(words(words(launch, seed), stream).number(low).number(high - low), out.length());
  }

  @Override
  public void dropout(
      long seed, long stream, double probability, Span x, Span out, boolean accumulate) {
    String operation = ArgumentChecks.dropout(DType.FLOAT32, probability, x, out);
    if (out.length() == 0) {
      return;
    }
    OpenClLauncher.Launch launch =
        runtime.launch(operation, program, "dropout").span(x).span(out).ints(out.length());
    enqueue(
        words(words(launch, seed), stream)
            .number(probability)
            .number(1 - probability)
            .flag(accumulate),
        out.length());
  }

  private static OpenClLauncher.Launch words(OpenClLauncher.Launch launch, long value) {
    return launch.ints((int) value).ints((int) (value >>> Integer.SIZE));
  }

  private void enqueue(OpenClLauncher.Launch launch, int length) {
    launch.enqueueFlexibly((length - 1) / BLOCK + 1, runtime.profile().scalarGroup());
  }
}
