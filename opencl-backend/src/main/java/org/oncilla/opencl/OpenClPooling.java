package org.oncilla.opencl;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.DType;
import org.oncilla.backend.PoolingKernels;
import org.oncilla.backend.PoolingShape;
import org.oncilla.backend.Span;

/** Pooling by pooling.cl. */
final class OpenClPooling implements PoolingKernels {
  private final OpenClRuntime runtime;
  private final OpenClPrograms.ProgramKey program;
  private final OpenClPrograms.ProgramKey disjoint;

  OpenClPooling(OpenClRuntime runtime) {
    this.runtime = runtime;
    program = runtime.program("pooling", "-DDISJOINT=0");
    disjoint = runtime.program("pooling", "-DDISJOINT=1");
  }

  @Override
  public void maxForward(PoolingShape shape, Span x, Span y, Span argmax) {
    String operation = ArgumentChecks.maxPooling(DType.FLOAT32, shape, x, y, argmax);
    enqueue(
        runtime
            .launch(operation, program, "max_forward")
            .span(x)
            .span(y)
            .span(argmax == null ? y : argmax)
            .ints(struct(shape, shape.outputLength(), false))
            .flag(argmax != null),
        shape.outputLength());
  }

  @Override
  public void maxBackward(PoolingShape shape, Span dy, Span argmax, Span dx, boolean accumulate) {
    String operation = ArgumentChecks.maxPoolingBackward(DType.FLOAT32, shape, dy, argmax, dx);
    enqueue(
        runtime
            .launch(operation, backwardProgram(shape), "max_backward")
            .span(dy)
            .span(argmax)
            .span(dx)
            .ints(struct(shape, shape.inputLength(), false))
            .flag(accumulate),
        shape.inputLength());
  }

  @Override
  public void averageForward(PoolingShape shape, boolean countPadding, Span x, Span y) {
    String operation = ArgumentChecks.averagePooling(DType.FLOAT32, shape, x, y);
    enqueue(
        runtime
            .launch(operation, program, "average_forward")
            .span(x)
            .span(y)
            .ints(struct(shape, shape.outputLength(), countPadding)),
        shape.outputLength());
  }

  @Override
  public void averageBackward(
      PoolingShape shape, boolean countPadding, Span dy, Span dx, boolean accumulate) {
    String operation = ArgumentChecks.averagePoolingBackward(DType.FLOAT32, shape, dy, dx);
    enqueue(
        runtime
            .launch(operation, backwardProgram(shape), "average_backward")
            .span(dy)
            .span(dx)
            .ints(struct(shape, shape.inputLength(), countPadding))
            .flag(accumulate),
        shape.inputLength());
  }

  /** Where windows do not overlap, an element has one window at most, and nothing to search. */
  private OpenClPrograms.ProgramKey backwardProgram(PoolingShape s) {
    return s.strideHeight() >= s.kernelHeight() && s.strideWidth() >= s.kernelWidth()
        ? disjoint
        : program;
  }

  private void enqueue(OpenClLauncher.Launch launch, int items) {
    launch.enqueueFlexibly(items, runtime.profile().scalarGroup());
  }

  private static int[] struct(PoolingShape s, int count, boolean countPadding) {
    return new KernelStruct()
        .divisor(s.outHeight() * s.outWidth())
        .divisor(s.outWidth())
        .divisor(s.inHeight() * s.inWidth())
        .divisor(s.inWidth())
        .divisor(s.strideHeight())
        .divisor(s.strideWidth())
        .ints(s.outHeight(), s.inHeight())
        .ints(s.kernelHeight(), s.kernelWidth())
        .ints(s.padHeight(), s.padWidth())
        .ints(count)
        .flag(countPadding)
        .toArray();
  }
}
