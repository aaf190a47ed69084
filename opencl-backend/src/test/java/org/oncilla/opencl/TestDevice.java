package org.oncilla.opencl;

import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;
import org.oncilla.backend.Backend;
import org.oncilla.backend.DType;
import org.oncilla.backend.Span;

/**
 * The device that tests run on, by {@code -Doncilla.tests.opencl}: {@code required} fails where
 * there is none, {@code auto} skips, {@code off} skips always.
 */
final class TestDevice {
  private static final String MODE = "oncilla.tests.opencl";

  private TestDevice() {}

  /** The device, or the end of the test. */
  static OpenClDevice device() {
    String mode = System.getProperty(MODE, "auto");
    Assumptions.assumeFalse(mode.equals("off"), "OpenCL tests are off");
    OpenClDevices.Found found = OpenClDevices.discover();
    if (found.devices().isEmpty()) {
      if (mode.equals("required")) {
        fail("an OpenCL device is required: " + found.problem());
      }
      Assumptions.abort(found.problem());
    }
    return found.devices().get(0);
  }

  /** A backend on it without a disk cache. */
  static OpenClBackend open() {
    return new OpenClBackend(device(), new ProgramCache(null));
  }

  static Span values(Backend backend, int length) {
    return new Span(backend.pool().acquire(DType.FLOAT32, length, "test"), 0, length);
  }

  static Span values(Backend backend, float... values) {
    Span span = values(backend, values.length);
    backend.memory().write(values, 0, span);
    return span;
  }

  static float[] read(Backend backend, Span span) {
    float[] values = new float[span.length()];
    Arrays.fill(values, Float.NaN);
    backend.memory().read(span, values, 0);
    return values;
  }
}
