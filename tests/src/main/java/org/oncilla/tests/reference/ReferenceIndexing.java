package org.oncilla.tests.reference;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.CopyShape;
import org.oncilla.backend.DType;
import org.oncilla.backend.IndexingKernels;
import org.oncilla.backend.Span;
import org.oncilla.backend.TableShape;

/** Strided copies and look-ups element by element. */
final class ReferenceIndexing implements IndexingKernels {
  @Override
  public void copy(CopyShape shape, Span source, Span target, boolean accumulate) {
    ArgumentChecks.copy(shape, source, target, accumulate);
    if (source.type() == DType.INT32) {
      copyIndices(shape, source, target);
    } else {
      copyValues(shape, source, target, accumulate);
    }
  }

  private static void copyValues(CopyShape shape, Span source, Span target, boolean accumulate) {
    Values from = Values.of(source);
    Values to = Values.of(target);
    for (int i = 0; i < StridedIndex.length(shape.sizes()); i++) {
      int at = shape.targetOffset() + StridedIndex.of(i, shape.sizes(), shape.targetStrides());
      to.store(at, from.get(sourceAt(shape, i)), accumulate);
    }
  }

  private static void copyIndices(CopyShape shape, Span source, Span target) {
    Indices from = Indices.of(source);
    Indices to = Indices.of(target);
    for (int i = 0; i < StridedIndex.length(shape.sizes()); i++) {
      int at = shape.targetOffset() + StridedIndex.of(i, shape.sizes(), shape.targetStrides());
      to.set(at, from.get(sourceAt(shape, i)));
    }
  }

  private static int sourceAt(CopyShape shape, int i) {
    return shape.sourceOffset() + StridedIndex.of(i, shape.sizes(), shape.sourceStrides());
  }

  @Override
  public void gather(TableShape shape, Span table, Span indices, Span out) {
    ArgumentChecks.gather(DType.FLOAT64, shape, table, indices, out);
    Values from = Values.of(table);
    Indices rows = Indices.of(indices);
    Values to = Values.of(out);
    for (int i = 0; i < shape.count(); i++) {
      int row = rows.get(i);
      boolean exists = row >= 0 && row < shape.rows();
      for (int j = 0; j < shape.columns(); j++) {
        to.set(i * shape.columns() + j, exists ? from.get(row * shape.columns() + j) : Double.NaN);
      }
    }
  }

  @Override
  public void scatterAdd(
      TableShape shape, Span indices, int ignored, Span dy, Span dTable, boolean accumulate) {
    ArgumentChecks.scatterAdd(DType.FLOAT64, shape, indices, dy, dTable);
    Indices rows = Indices.of(indices);
    Values gradients = Values.of(dy);
    Values sums = Values.of(dTable);
    for (int i = 0; i < shape.tableLength() && !accumulate; i++) {
      sums.set(i, 0);
    }
    for (int i = 0; i < shape.count(); i++) {
      int row = rows.get(i);
      if (row >= 0 && row < shape.rows() && row != ignored) {
        for (int j = 0; j < shape.columns(); j++) {
          sums.add(row * shape.columns() + j, gradients.get(i * shape.columns() + j));
        }
      }
    }
  }

  @Override
  public void oneHot(
      int rows, int classes, Span labels, int ignored, double on, double off, Span out) {
    ArgumentChecks.oneHot(DType.FLOAT64, rows, classes, labels, out);
    Indices classIndices = Indices.of(labels);
    Values to = Values.of(out);
    for (int row = 0; row < rows; row++) {
      int label = classIndices.get(row);
      boolean isClass = label >= 0 && label < classes;
      for (int j = 0; j < classes; j++) {
        double value = j == label ? on : off;
        to.set(row * classes + j, label == ignored ? 0 : isClass ? value : Double.NaN);
      }
    }
  }
}
