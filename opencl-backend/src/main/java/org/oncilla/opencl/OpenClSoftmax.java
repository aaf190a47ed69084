package org.oncilla.opencl;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.DType;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.SoftmaxKernels;
import org.oncilla.backend.Span;

/** Softmax and cross-entropy by softmax.cl. */
final class OpenClSoftmax implements SoftmaxKernels {
  /** Elements a work-item should have before another one shares its line. */
  private static final int ELEMENTS_PER_LANE = 8;

  private final OpenClRuntime runtime;
  private final OpenClGroups groups;

  OpenClSoftmax(OpenClRuntime runtime) {
    this.runtime = runtime;
    groups = new OpenClGroups(runtime, "softmax");
  }

  @Override
  public void forward(ReduceShape shape, boolean log, Span x, Span y) {
    String operation = ArgumentChecks.softmax(DType.FLOAT32, shape, log, x, y);
    OpenClGroups.Fitted kernel = groups.kernel("softmax");
    int lanes = lanes(shape, kernel.size());
    groups
        .launch(operation, kernel)
        .span(x)
        .span(y)
        .ints(struct(shape, lanes))
        .flag(log)
        .enqueueLines(shape.outputLength(), lanes, kernel.size());
  }

  @Override
  public void backward(
      ReduceShape shape, boolean log, Span y, Span dy, Span dx, boolean accumulate) {
    String operation = ArgumentChecks.softmaxBackward(DType.FLOAT32, shape, log, y, dy, dx);
    OpenClGroups.Fitted kernel = groups.kernel("softmax_backward");
    int lanes = lanes(shape, kernel.size());
    groups
        .launch(operation, kernel)
        .span(y)
        .span(dy)
        .span(dx)
        .ints(struct(shape, lanes))
        .flag(log)
        .flag(accumulate)
        .enqueueLines(shape.outputLength(), lanes, kernel.size());
  }

  @Override
  public void crossEntropy(
      int rows, int classes, Span logits, Span labels, Span losses, Span logSumExp) {
    String operation =
        ArgumentChecks.crossEntropy(
            DType.FLOAT32, rows, classes, logits, labels, losses, logSumExp);
    ReduceShape shape = new ReduceShape(rows, classes, 1);
    OpenClGroups.Fitted kernel = groups.kernel("cross_entropy");
    int lanes = lanes(shape, kernel.size());
    groups
        .launch(operation, kernel)
        .span(logits)
        .span(labels)
        .span(losses)
        .span(logSumExp)
        .ints(struct(shape, lanes))
        .enqueueLines(rows, lanes, kernel.size());
  }

  @Override
  public void crossEntropyBackward(
      int rows,
      int classes,
      Span logits,
      Span labels,
      Span logSumExp,
      Span dLosses,
      Span dLogits,
      boolean accumulate) {
    String operation =
        ArgumentChecks.crossEntropyBackward(
            DType.FLOAT32, rows, classes, logits, labels, logSumExp, dLosses, dLogits);
    int length = rows * classes;
    groups
        .launch(operation, groups.kernel("cross_entropy_backward"))
        .span(logits)
        .span(labels)
        .span(logSumExp)
        .span(dLosses)
        .span(dLogits)
        .ints(length)
        .ints(KernelStruct.divisorOf(classes))
        .flag(accumulate)
        .enqueueFlexibly(length, runtime.profile().scalarGroup());
  }

  private static int[] struct(ReduceShape shape, int lanes) {
    return new KernelStruct()
        .ints(shape.reduced(), shape.outputLength(), lanes)
        .divisor(shape.inner())
        .toArray();
  }

  /** Work-items that share a line: only where its elements lie side by side. */
  private int lanes(ReduceShape shape, int group) {
    return shape.inner() > 1
        ? 1
        : runtime.profile().lanesOfLine(shape.reduced(), ELEMENTS_PER_LANE, group);
  }
}
