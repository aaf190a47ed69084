package org.oncilla.backend;

/**
 * A table and the number of its rows that are looked up.
 *
 * @param rows of the table
 * @param columns of the table
 * @param count number of indices
 */
public record TableShape(int rows, int columns, int count) {
  /** Checks that all sizes are positive. */
  public TableShape {
    if (rows < 1 || columns < 1 || count < 1) {
      throw new IllegalArgumentException(
          "a table and the indices into it need positive sizes, but are "
              + rows
              + "x"
              + columns
              + " and "
              + count);
    }
  }

  /** Number of elements of the table. */
  public int tableLength() {
    return Math.multiplyExact(rows, columns);
  }

  /** Number of elements of the rows that are looked up. */
  public int selectedLength() {
    return Math.multiplyExact(count, columns);
  }
}
