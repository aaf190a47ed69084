package org.oncilla.backend;

import java.util.Locale;

/** Element-wise functions of two arguments. */
public enum BinaryOp {
  /** a + b. */
  ADD,
  /** a − b. */
  SUBTRACT,
  /** a · b. */
  MULTIPLY,
  /** a / b. */
  DIVIDE,
  /** The larger of a and b; NaN if either is NaN. */
  MAXIMUM,
  /** The smaller of a and b; NaN if either is NaN. */
  MINIMUM,
  /** 1 where a = b, else 0. */
  EQUAL,
  /** 1 where a &gt; b, else 0. */
  GREATER;

  /** The name in messages, in lower case. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
