package org.oncilla.tests;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.oncilla.backend.Backend;
import org.oncilla.backend.BackendProvider;
import org.oncilla.backend.Backends;
import org.oncilla.backend.DType;
import org.oncilla.tests.reference.ReferenceBackend;

/**
 * The backends that tests run on, in every configuration: the reference, the CPU backend with and
 * without the Vector API, and OpenCL with both kinds of kernels. {@code -Doncilla.tests.opencl}
 * says whether OpenCL is among them: {@code required} fails where there is no device, {@code auto},
 * the default, skips, {@code off} leaves it out.
 */
public final class TestBackends {
  private static final String OPENCL_MODE = "oncilla.tests.opencl";
  private static final String OPENCL_KERNELS = "oncilla.opencl.kernels";
  private static final String CPU_VECTOR = "oncilla.cpu.vector";
  private static final String CPU_THREADS = "oncilla.cpu.threads";

  private static final List<TestBackend> ALL =
      Stream.concat(
              Stream.of(
                  new TestBackend("reference", ReferenceBackend::new, null),
                  new TestBackend("cpu vector", () -> openCpu(true, 2), null),
                  new TestBackend("cpu scalar", () -> openCpu(false, 2), null)),
              openCl().stream())
          .toList();

  private TestBackends() {}

  /** A backend in one configuration. */
  public static final class TestBackend {
    private final String label;
    private final Supplier<Backend> opener;
    private final String whyMissing;
    private Backend shared;

    private TestBackend(String label, Supplier<Backend> opener, String whyMissing) {
      this.label = label;
      this.opener = opener;
      this.whyMissing = whyMissing;
    }

    /** Why this machine does not have it; null where it has. */
    public String whyMissing() {
      return whyMissing;
    }

    /** Opens it anew; the caller closes it. Skips the test where the machine does not have it. */
    public Backend open() {
      if (whyMissing != null) {
        Assumptions.abort(label + ": " + whyMissing);
      }
      return opener.get();
    }

    /** The one that tests share, opened at its first use and kept until the JVM ends. */
    public synchronized Backend backend() {
      if (shared == null) {
        shared = open();
      }
      return shared;
    }

    /** Whether values are held in double precision. */
    public boolean isDouble() {
      return backend().floatType() == DType.FLOAT64;
    }

    @Override
    public String toString() {
      return label;
    }
  }

  /** All of them, the reference first, those that the machine does not have too. */
  public static List<TestBackend> all() {
    return ALL;
  }

  /** Those that this machine has, the reference first. */
  public static List<TestBackend> present() {
    return ALL.stream().filter(each -> each.whyMissing() == null).toList();
  }

  /** Opens the CPU backend in one of its two ways of computing. */
  public static Backend openCpu(boolean vector, int threads) {
    return open(
        "cpu", Map.of(CPU_VECTOR, vector ? "on" : "off", CPU_THREADS, String.valueOf(threads)));
  }

  /**
   * Opens the OpenCL backend in one of its two ways of computing.
   *
   * @param kernels {@code groups}, cut for groups of work-items as on GPUs, or {@code single}, for
   *     single work-items with vectors as on CPUs; both must be right on any device
   */
  public static Backend openOpenCl(String kernels) {
    return open("opencl", Map.of(OPENCL_KERNELS, kernels));
  }

  private static List<TestBackend> openCl() {
    String mode = System.getProperty(OPENCL_MODE, "auto");
    String why =
        switch (mode) {
          case "off", "required" -> null;
          case "auto" -> whyNoOpenCl();
          default ->
              throw new IllegalArgumentException(
                  "-D" + OPENCL_MODE + "=" + mode + "; the choices are required, auto, off");
        };
    return (mode.equals("off") ? Stream.<String>empty() : Stream.of("groups", "single"))
        .map(kernels -> new TestBackend("opencl " + kernels, () -> openOpenCl(kernels), why))
        .toList();
  }

  private static String whyNoOpenCl() {
    for (BackendProvider provider : Backends.providers()) {
      if (provider.name().equals("opencl")) {
        return provider.probe().problem();
      }
    }
    return "oncilla-opencl is not on the class path";
  }

  private static Backend open(String name, Map<String, String> properties) {
    Properties before = (Properties) System.getProperties().clone();
    System.getProperties().putAll(properties);
    try {
      return Backends.open(name);
    } finally {
      System.setProperties(before);
    }
  }
}
