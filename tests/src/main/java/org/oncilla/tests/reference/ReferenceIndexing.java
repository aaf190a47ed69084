package org.oncilla.tests.reference;

import org.oncilla.backend.CopyShape;
import org.oncilla.backend.DType;
import org.oncilla.backend.IndexingKernels;
import org.oncilla.backend.Span;
import org.oncilla.backend.SpanChecks;

/** Strided copies element by element. */
final class ReferenceIndexing implements IndexingKernels {
  @Override
  public void copy(CopyShape shape, Span source, Span target, boolean accumulate) {
    int[] sizes = shape.sizes();
    SpanChecks.requireStrided(
        "copy", "source", source, shape.sourceOffset(), sizes, shape.sourceStrides());
    SpanChecks.requireStrided(
        "copy", "target", target, shape.targetOffset(), sizes, shape.targetStrides());
    SpanChecks.require("copy", "target", target, source.type(), target.length());
    if (source.type() != DType.INT32) {
      copyValues(shape, source, target, accumulate);
    } else if (accumulate) {
      throw new IllegalArgumentException("copy: INT32 elements cannot be accumulated");
    } else {
      copyIndices(shape, source, target);
    }
  }

  private static void copyValues(CopyShape shape, Span source, Span target, boolean accumulate) {
    Values from = Values.of("copy", "source", source, source.length());
    Values to = Values.of("copy", "target", target, target.length());
    for (int i = 0; i < StridedIndex.length(shape.sizes()); i++) {
      int at = shape.targetOffset() + StridedIndex.of(i, shape.sizes(), shape.targetStrides());
      to.store(at, from.get(sourceAt(shape, i)), accumulate);
    }
  }

  private static void copyIndices(CopyShape shape, Span source, Span target) {
    Indices from = Indices.of("copy", "source", source, source.length());
    Indices to = Indices.of("copy", "target", target, target.length());
    for (int i = 0; i < StridedIndex.length(shape.sizes()); i++) {
      int at = shape.targetOffset() + StridedIndex.of(i, shape.sizes(), shape.targetStrides());
      to.set(at, from.get(sourceAt(shape, i)));
    }
  }

  private static int sourceAt(CopyShape shape, int i) {
    return shape.sourceOffset() + StridedIndex.of(i, shape.sizes(), shape.sourceStrides());
  }
}
