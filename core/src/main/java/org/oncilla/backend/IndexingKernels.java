package org.oncilla.backend;

/** Moving elements without computing. */
public interface IndexingKernels {
  /**
   * Copies between strided index spaces.
   *
   * @param shape sizes, offsets and strides
   * @param source read; any type
   * @param target written; the same type, not overlapping source
   * @param accumulate adds to the target instead of overwriting it (floating types only)
   */
  void copy(CopyShape shape, Span source, Span target, boolean accumulate);
}
