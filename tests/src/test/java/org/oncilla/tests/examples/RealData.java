package org.oncilla.tests.examples;

import java.util.function.Function;
import org.junit.jupiter.api.Assumptions;
import org.oncilla.data.DataException;
import org.oncilla.datasets.DataSources;

/**
 * Data sets that are fetched. {@code -Doncilla.tests.data} says what becomes of a test whose data
 * is not to be had: {@code required} fails, {@code auto}, the default, skips it, and {@code local}
 * skips it without trying the network.
 */
final class RealData {
  private static final String MODE = "oncilla.tests.data";

  private RealData() {}

  static <T> T of(Function<DataSources, T> dataset) {
    String mode = System.getProperty(MODE, "auto");
    DataSources sources = DataSources.standard();
    try {
      return switch (mode) {
        case "required", "auto" -> dataset.apply(sources);
        case "local" -> dataset.apply(sources.withoutNetwork());
        default ->
            throw new IllegalArgumentException(
                "-D" + MODE + "=" + mode + "; the choices are required, auto, local");
      };
    } catch (DataException missing) {
      if (mode.equals("required")) {
        throw missing;
      }
      return Assumptions.abort(missing.getMessage());
    }
  }
}
