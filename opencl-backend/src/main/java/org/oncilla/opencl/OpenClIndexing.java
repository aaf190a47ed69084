package org.oncilla.opencl;

import java.util.Arrays;
import org.oncilla.backend.CopyShape;
import org.oncilla.backend.DType;
import org.oncilla.backend.IndexingKernels;
import org.oncilla.backend.Span;
import org.oncilla.backend.SpanChecks;

/** Strided copies by indexing.cl. */
final class OpenClIndexing implements IndexingKernels {
  private static final String OPERATION = "copy";

  private final OpenClRuntime runtime;
  private final OpenClPrograms.ProgramKey program;

  OpenClIndexing(OpenClRuntime runtime) {
    this.runtime = runtime;
    program = runtime.program("indexing", "");
  }

  @Override
  public void copy(CopyShape shape, Span source, Span target, boolean accumulate) {
    check(shape, source, target, accumulate);
    int count = Arrays.stream(shape.sizes()).reduce(1, Math::multiplyExact);
    runtime
        .launch(OPERATION, program, accumulate ? "copy_add" : "copy")
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

  private static void check(CopyShape shape, Span source, Span target, boolean accumulate) {
    if (source == null || target == null) {
      throw new IllegalArgumentException(
          OPERATION + ": " + (source == null ? "source" : "target") + " is missing");
    }
    SpanChecks.require(OPERATION, "target", target, source.type(), target.length());
    if (accumulate && source.type() != DType.FLOAT32) {
      throw new IllegalArgumentException(
          OPERATION + ": only floating types accumulate, not " + source.type());
    }
    for (int size : shape.sizes()) {
      if (size < 1) {
        throw new IllegalArgumentException(
            OPERATION + ": sizes must be positive, but are " + Arrays.toString(shape.sizes()));
      }
    }
    SpanChecks.requireStrided(
        OPERATION, "source", source, shape.sourceOffset(), shape.sizes(), shape.sourceStrides());
    SpanChecks.requireStrided(
        OPERATION, "target", target, shape.targetOffset(), shape.sizes(), shape.targetStrides());
  }
}
