package org.oncilla.backend;

/** Ways of reducing many elements to one. */
public enum ReduceOp {
  /** Σ x. */
  SUM,
  /** The largest element; NaN if any is NaN. */
  MAX,
  /** The smallest element; NaN if any is NaN. */
  MIN
}
