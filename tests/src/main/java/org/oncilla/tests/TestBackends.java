package org.oncilla.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.oncilla.backend.Backend;
import org.oncilla.backend.BackendProvider;
import org.oncilla.backend.Backends;
import org.oncilla.tests.reference.ReferenceBackend;

/**
 * The backends that tests of whole operations run on: the reference, and every backend on the class
 * path that finds a device on this machine, opened once and kept until the end of the JVM.
 */
public final class TestBackends {
  /** Whether tests need OpenCL: {@code required}, {@code auto} (the default) or {@code off}. */
  public static final String OPENCL_PROPERTY = "oncilla.tests.opencl";

  private static final List<TestBackend> ALL = find();

  private TestBackends() {}

  /**
   * A backend in one configuration.
   *
   * @param label what it is, for messages
   * @param backend opened
   */
  public record TestBackend(String label, Backend backend) {
    /** Whether values are held in double precision. */
    public boolean isDouble() {
      return backend.floatType() == org.oncilla.backend.DType.FLOAT64;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /** All of them, the reference first. */
  public static List<TestBackend> all() {
    return ALL;
  }

  private static List<TestBackend> find() {
    List<TestBackend> found = new ArrayList<>();
    add(found, "reference", ReferenceBackend::new);
    String mode = System.getProperty(OPENCL_PROPERTY, "auto");
    for (BackendProvider provider : Backends.providers()) {
      boolean opencl = provider.name().equals("opencl");
      if (opencl && mode.equals("off")) {
        continue;
      }
      BackendProvider.Probe probe = provider.probe();
      if (!probe.devices().isEmpty()) {
        add(found, provider.name(), provider::open);
      } else if (!opencl || mode.equals("required")) {
        throw new IllegalStateException("no " + provider.name() + " device: " + probe.problem());
      }
    }
    return List.copyOf(found);
  }

  private static void add(List<TestBackend> found, String label, Supplier<Backend> opener) {
    found.add(new TestBackend(label, opener.get()));
  }
}
