package org.oncilla.opencl;

import java.util.Arrays;
import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.CopyShape;
import org.oncilla.backend.IndexingKernels;
import org.oncilla.backend.Span;

/** Strided copies by indexing.cl. */
final class OpenClIndexing implements IndexingKernels {
  private final OpenClRuntime runtime;
  private final OpenClPrograms.ProgramKey program;

  OpenClIndexing(OpenClRuntime runtime) {
    this.runtime = runtime;
    program = runtime.program("indexing", "");
  }

  @Override
  public void copy(CopyShape shape, Span source, Span target, boolean accumulate) {
    String operation = ArgumentChecks.copy(shape, source, target, accumulate);
    int count = Arrays.stream(shape.sizes()).reduce(1, Math::multiplyExact);
    runtime
        .launch(operation, program, accumulate ? "copy_add" : "copy")
        .span(source)
        .span(target)
        .ints(struct(shape, count))
        .enqueueFlexibly(count, runtime.profile().scalarGroup());
  }

  private static int[] struct(CopyShape shape, int count) {
    KernelStruct struct = new KernelStruct();
    StridedAxes.appendSizes(struct, shape.sizes());
    StridedAxes.appendStrides(struct, shape.sourceStrides());
    StridedAxes.appendStrides(struct, shape.targetStrides());
    return struct.ints(count, shape.sourceOffset(), shape.targetOffset()).toArray();
  }
}
