package org.oncilla.backend;

/** Moving elements, by strides or by indices that are on the device. */
public interface IndexingKernels {
  /** What is passed as {@code ignored} where no index is to be ignored. */
  int NONE = Integer.MIN_VALUE;

  /**
   * Copies between strided index spaces.
   *
   * @param shape sizes, offsets and strides
   * @param source read; any type
   * @param target written; the same type, not overlapping source
   * @param accumulate adds to the target instead of overwriting it (floating types only)
   */
  void copy(CopyShape shape, Span source, Span target, boolean accumulate);

  /**
   * Looks rows up: out[i, :] = table[indices[i], :]. An index that is no row of the table gives a
   * row of NaN; callers check.
   *
   * @param table [rows, columns]
   * @param indices {@link DType#INT32}, [count]
   * @param out receives [count, columns]
   */
  void gather(TableShape shape, Span table, Span indices, Span out);

  /**
   * The gradient of {@link #gather}: dTable[v, :] = Σ<sub>i: indices[i] = v</sub> dy[i, :], added
   * up in the order of i. An index that is no row of the table is left out.
   *
   * @param indices {@link DType#INT32}, [count]
   * @param ignored an index that is left out too, or {@link #NONE}
   * @param dy [count, columns]
   * @param dTable receives [rows, columns]
   * @param accumulate adds to dTable instead of overwriting it
   */
  void scatterAdd(
      TableShape shape, Span indices, int ignored, Span dy, Span dTable, boolean accumulate);

  /**
   * Class labels as indicators: out[i, c] = on where c = labels[i], else off. A label equal to
   * {@code ignored} gives a row of zeros, another one that is no class a row of NaN; callers check.
   *
   * @param classes number of columns
   * @param labels {@link DType#INT32}, [rows]
   * @param ignored the label whose rows are zero, or {@link #NONE}
   * @param out receives [rows, classes]
   */
  void oneHot(int rows, int classes, Span labels, int ignored, double on, double off, Span out);
}
