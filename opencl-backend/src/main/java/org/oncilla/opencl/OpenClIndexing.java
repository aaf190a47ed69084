package org.oncilla.opencl;

import java.util.Arrays;
import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.CopyShape;
import org.oncilla.backend.DType;
import org.oncilla.backend.IndexingKernels;
import org.oncilla.backend.Span;
import org.oncilla.backend.TableShape;

/** Strided copies and look-ups by indexing.cl. */
final class OpenClIndexing implements IndexingKernels {
  /** Work-groups a unit should have. */
  private static final int GROUPS_PER_UNIT = 4;

  private final OpenClRuntime runtime;
  private final OpenClGroups groups;

  OpenClIndexing(OpenClRuntime runtime) {
    this.runtime = runtime;
    groups = new OpenClGroups(runtime, "indexing");
  }

  @Override
  public void copy(CopyShape shape, Span source, Span target, boolean accumulate) {
    String operation = ArgumentChecks.copy(shape, source, target, accumulate);
    int count = Arrays.stream(shape.sizes()).reduce(1, Math::multiplyExact);
    groups
        .launch(operation, groups.kernel(accumulate ? "copy_add" : "copy"))
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

  @Override
  public void gather(TableShape shape, Span table, Span indices, Span out) {
    String operation = ArgumentChecks.gather(DType.FLOAT32, shape, table, indices, out);
    groups
        .launch(operation, groups.kernel("gather"))
        .span(table)
        .span(indices)
        .span(out)
        .ints(shape.selectedLength())
        .ints(shape.rows())
        .ints(KernelStruct.divisorOf(shape.columns()))
        .enqueueFlexibly(shape.selectedLength(), runtime.profile().scalarGroup());
  }

  @Override
  public void scatterAdd(
      TableShape shape, Span indices, int ignored, Span dy, Span dTable, boolean accumulate) {
    String operation = ArgumentChecks.scatterAdd(DType.FLOAT32, shape, indices, dy, dTable);
    OpenClGroups.Fitted kernel = groups.kernel("scatter_add");
    int lanes = runtime.profile().lanesOfLine(shape.columns(), 1, kernel.size());
    int owners = owners(shape.rows(), kernel.size() / lanes);
    groups
        .launch(operation, kernel)
        .span(indices)
        .span(dy)
        .span(dTable)
        .ints(shape.rows(), shape.columns(), shape.count(), ignored, owners, lanes)
        .flag(accumulate)
        .enqueueLines(owners, lanes, kernel.size());
  }

  /** Who shares the rows of a table: as many as keep the device busy, in whole groups. */
  private int owners(int rows, int ownersOfGroup) {
    int useful = (rows - 1) / ownersOfGroup + 1;
    int wanted = GROUPS_PER_UNIT * runtime.profile().units();
    return ownersOfGroup * Integer.highestOneBit(Math.min(useful, wanted));
  }

  @Override
  public void oneHot(
      int rows, int classes, Span labels, int ignored, double on, double off, Span out) {
    String operation = ArgumentChecks.oneHot(DType.FLOAT32, rows, classes, labels, out);
    int length = rows * classes;
    groups
        .launch(operation, groups.kernel("one_hot"))
        .span(labels)
        .span(out)
        .ints(length)
        .ints(KernelStruct.divisorOf(classes))
        .ints(ignored)
        .number(on)
        .number(off)
        .enqueueFlexibly(length, runtime.profile().scalarGroup());
  }
}
