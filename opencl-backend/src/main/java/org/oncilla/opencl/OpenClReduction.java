package org.oncilla.opencl;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.DType;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.ReductionKernels;
import org.oncilla.backend.Span;

/** Reductions by reduction.cl, in one pass, or in two where a long axis has few lines. */
final class OpenClReduction implements ReductionKernels {
  private final OpenClRuntime runtime;
  private final OpenClGroups groups;

  OpenClReduction(OpenClRuntime runtime) {
    this.runtime = runtime;
    groups = new OpenClGroups(runtime, "reduction");
  }

  @Override
  public void reduce(
      ReduceOp op, ReduceShape shape, Span x, double scale, Span out, boolean accumulate) {
    String operation = ArgumentChecks.reduce(DType.FLOAT32, op, shape, x, out);
    OpenClGroups.Fitted kernel = groups.kernel(kernel(op));
    int chunk = chunk(shape, kernel.size());
    int chunks = (shape.reduced() - 1) / chunk + 1;
    if (chunks == 1) {
      pass(operation, kernel, shape, shape.reduced(), x, scale, out, accumulate);
      return;
    }
    ReduceShape rest = new ReduceShape(shape.outer(), chunks, shape.inner());
    runtime.withScratch(
        operation,
        rest.inputLength(),
        partial -> {
          pass(operation, kernel, shape, chunk, x, 1, partial, false);
          pass(operation, kernel, rest, chunks, partial, scale, out, accumulate);
        });
  }

  @Override
  public void argmax(ReduceShape shape, Span x, Span out) {
    String operation = ArgumentChecks.argmax(DType.FLOAT32, shape, x, out);
    OpenClGroups.Fitted kernel = groups.kernel("argmax");
    int lanes = lanes(shape.inner(), shape.outputLength(), shape.reduced(), kernel.size());
    groups
        .launch(operation, kernel)
        .span(x)
        .span(out)
        .ints(struct(shape, shape.reduced(), lanes))
        .enqueueLines(shape.outputLength(), lanes, kernel.size());
  }

  private void pass(
      String operation,
      OpenClGroups.Fitted kernel,
      ReduceShape shape,
      int chunk,
      Span x,
      double scale,
      Span out,
      boolean accumulate) {
    int lines = shape.outputLength() * ((shape.reduced() - 1) / chunk + 1);
    int lanes = lanes(shape.inner(), lines, chunk, kernel.size());
    groups
        .launch(operation, kernel)
        .span(x)
        .span(out)
        .ints(struct(shape, chunk, lanes))
        .number(scale)
        .flag(accumulate)
        .enqueueLines(lines, lanes, kernel.size());
  }

  private static int[] struct(ReduceShape shape, int chunk, int lanes) {
    int chunks = (shape.reduced() - 1) / chunk + 1;
    return new KernelStruct()
        .ints(shape.reduced(), chunk, chunks)
        .ints(shape.outputLength() * chunks, lanes)
        .divisor(shape.inner())
        .divisor(chunks)
        .toArray();
  }

  private int lanes(int inner, int lines, int elements, int group) {
    return LineCut.lanes(runtime.profile(), inner > 1, lines, elements, group);
  }

  private int chunk(ReduceShape shape, int group) {
    int lines = shape.outputLength();
    return LineCut.chunk(runtime.profile(), shape.inner() > 1, lines, shape.reduced(), group);
  }

  private static String kernel(ReduceOp op) {
    return switch (op) {
      case SUM -> "reduce_sum";
      case MAX -> "reduce_max";
      case MIN -> "reduce_min";
    };
  }
}
