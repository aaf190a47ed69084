package org.oncilla.tests.examples;

import java.util.function.Supplier;
import org.junit.jupiter.api.Assumptions;
import org.oncilla.data.DataException;

/**
 * Data sets that are fetched. {@code -Doncilla.tests.data} says what becomes of a test whose data
 * is not to be had: {@code required} fails, {@code auto}, the default, skips it.
 */
final class RealData {
  private static final String MODE = "oncilla.tests.data";

  private RealData() {}

  static <T> T of(Supplier<T> dataset) {
    try {
      return dataset.get();
    } catch (DataException missing) {
      if (System.getProperty(MODE, "auto").equals("required")) {
        throw missing;
      }
      Assumptions.abort(missing.getMessage());
      throw missing;
    }
  }
}
