package org.oncilla.backend;

import java.util.Locale;

/** Ways of reducing many elements to one. */
public enum ReduceOp {
  /** Σ x. */
  SUM,
  /** The largest element; NaN if any is NaN. */
  MAX,
  /** The smallest element; NaN if any is NaN. */
  MIN;

  /** The name in messages, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
