package org.oncilla.tests.reference;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.CopyShape;
import org.oncilla.backend.DType;
import org.oncilla.backend.IndexingKernels;
import org.oncilla.backend.Span;

/** Strided copies element by element. */
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
}
