package org.oncilla.cpu;

import static org.oncilla.backend.DType.FLOAT32;

import java.util.Arrays;
import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.BinaryOp;
import org.oncilla.backend.CopyShape;
import org.oncilla.backend.DType;
import org.oncilla.backend.IndexingKernels;
import org.oncilla.backend.Span;
import org.oncilla.backend.TableShape;

/** Strided copies, row by row of the last axis; the rows of tables are {@link TableRows}. */
final class CpuIndexing implements IndexingKernels {
  private final CpuContext context;
  private final TableRows tables;

  CpuIndexing(CpuContext context) {
    this.context = context;
    this.tables = new TableRows(context);
  }

  @Override
  public void gather(TableShape shape, Span table, Span indices, Span out) {
    ArgumentChecks.gather(FLOAT32, shape, table, indices, out);
    tables.gather(shape, table, indices, out);
  }

  @Override
  public void scatterAdd(
      TableShape shape, Span indices, int ignored, Span dy, Span dTable, boolean accumulate) {
    ArgumentChecks.scatterAdd(FLOAT32, shape, indices, dy, dTable);
    tables.scatterAdd(shape, indices, ignored, dy, dTable, accumulate);
  }

  @Override
  public void oneHot(
      int rows, int classes, Span labels, int ignored, double on, double off, Span out) {
    ArgumentChecks.oneHot(FLOAT32, rows, classes, labels, out);
    int[] label = CpuBuffer.ints(labels);
    float[] to = CpuBuffer.floats(out);
    context.forEachChunk(
        rows,
        Math.max(1, CpuContext.CHUNK / classes),
        (from, end) -> {
          for (int row = from; row < end; row++) {
            int hit = label[labels.offset() + row];
            int at = out.offset() + row * classes;
            boolean isClass = hit >= 0 && hit < classes;
            float others = hit == ignored ? 0f : isClass ? (float) off : Float.NaN;
            Arrays.fill(to, at, at + classes, others);
            if (isClass && hit != ignored) {
              to[at + hit] = (float) on;
            }
          }
        });
  }

  @Override
  public void copy(CopyShape shape, Span source, Span target, boolean accumulate) {
    ArgumentChecks.copy(shape, source, target, accumulate);
    int last = shape.sizes().length - 1;
    int length = shape.sizes()[last];
    Stretch stretch =
        stretch(
            source,
            target,
            accumulate,
            length,
            shape.sourceStrides()[last],
            shape.targetStrides()[last]);
    int rows = 1;
    for (int axis = 0; axis < last; axis++) {
      rows = Math.multiplyExact(rows, shape.sizes()[axis]);
    }
    context.forEachChunk(
        rows,
        Math.max(1, CpuContext.CHUNK / length),
        (from, to) -> {
          for (int row = from; row < to; row++) {
            stretch.copy(
                source.offset() + shape.sourceOffset() + start(shape, row, shape.sourceStrides()),
                target.offset() + shape.targetOffset() + start(shape, row, shape.targetStrides()));
          }
        });
  }

  /** Copies one row between two positions of the arrays. */
  @FunctionalInterface
  private interface Stretch {
    void copy(int from, int to);
  }

  private Stretch stretch(
      Span source, Span target, boolean accumulate, int n, int sourceStride, int targetStride) {
    boolean dense = sourceStride == 1 && targetStride == 1;
    if (source.type() == DType.INT32) {
      int[] in = CpuBuffer.ints(source);
      int[] out = CpuBuffer.ints(target);
      return dense
          ? (from, to) -> System.arraycopy(in, from, out, to, n)
          : (from, to) -> {
            for (int i = 0; i < n; i++) {
              out[to + i * targetStride] = in[from + i * sourceStride];
            }
          };
    }
    float[] in = CpuBuffer.floats(source);
    float[] out = CpuBuffer.floats(target);
    if (accumulate) {
      return dense
          ? (from, to) ->
              context.simd().elementwise().binary(BinaryOp.ADD, out, to, in, from, out, to, n)
          : (from, to) -> {
            for (int i = 0; i < n; i++) {
              out[to + i * targetStride] += in[from + i * sourceStride];
            }
          };
    }
    return dense
        ? (from, to) -> System.arraycopy(in, from, out, to, n)
        : (from, to) -> {
          for (int i = 0; i < n; i++) {
            out[to + i * targetStride] = in[from + i * sourceStride];
          }
        };
  }

  private static int start(CopyShape shape, int row, int[] strides) {
    int[] sizes = shape.sizes();
    int start = 0;
    int rest = row;
    for (int axis = sizes.length - 2; axis >= 0; axis--) {
      start += rest % sizes[axis] * strides[axis];
      rest /= sizes[axis];
    }
    return start;
  }
}
