package org.oncilla.backend;

/** Reductions over an axis, in an order that depends on the sizes only. */
public interface ReductionKernels {
  /**
   * out[o,i] = scale · op<sub>r</sub> x[o,r,i], or added to out.
   *
   * @param scale factor on the result, 1/n for a mean
   * @param accumulate adds to out instead of overwriting it
   */
  void reduce(ReduceOp op, ReduceShape shape, Span x, double scale, Span out, boolean accumulate);

  /**
   * The position of the first largest element along the reduced axis; a NaN counts as the largest.
   *
   * @param out {@link DType#INT32}, [outer, inner]
   */
  void argmax(ReduceShape shape, Span x, Span out);
}
