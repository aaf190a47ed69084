package org.oncilla.opencl;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.JMException;
import javax.management.ObjectName;
import org.oncilla.backend.BackendException;
import org.oncilla.backend.BackendProvider;
import org.oncilla.backend.Backends;
import org.oncilla.backend.DType;
import org.oncilla.backend.DeviceBuffer;
import org.oncilla.backend.Epilogue;
import org.oncilla.backend.GemmShape;
import org.oncilla.backend.ReduceOp;
import org.oncilla.backend.ReduceShape;
import org.oncilla.backend.Span;

/** What {@link ChildJvm} runs; each argument is one of the methods below. */
final class ChildMain {
  private ChildMain() {}

  public static void main(String[] arguments) {
    for (String argument : arguments) {
      switch (argument) {
        case "probe" -> probe();
        case "open" -> open();
        case "auto" -> automatic();
        case "compute" -> compute();
        case "exhaust" -> exhaust();
        case "signals" -> signals();
        default -> throw new IllegalArgumentException(argument);
      }
    }
  }

  /** Who gets SIGSEGV, as the JVM itself reports it. */
  private static void signals() {
    try {
      Object report =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "vmInfo",
                  null,
                  null);
      report
          .toString()
          .lines()
          .map(String::trim)
          .filter(line -> line.startsWith("SIGSEGV:"))
          .forEach(System.out::println);
    } catch (JMException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void probe() {
    BackendProvider.Probe probe = new OpenClBackendProvider().probe();
    System.out.println("devices: " + probe.devices());
    System.out.println("problem: " + probe.problem());
    System.out.println("automatic: " + probe.automatic());
  }

  private static void open() {
    try {
      new OpenClBackendProvider().open().close();
      System.out.println("opened");
    } catch (BackendException | IllegalArgumentException refused) {
      System.out.println("refused: " + refused.getMessage());
    }
  }

  /** What a program without a word about backends gets; the CPU backend is not on the path. */
  private static void automatic() {
    try {
      System.out.println("selected: " + Backends.selected().reason());
      Backends.shutdown();
    } catch (BackendException refused) {
      System.out.println("refused: " + refused.getMessage());
    }
  }

  /** A product in tiles and a reduction in groups, on more elements than one group takes. */
  private static void compute() {
    try (OpenClBackend backend = (OpenClBackend) new OpenClBackendProvider().open()) {
      int n = 150;
      Span a = TestDevice.values(backend, n * n);
      Span c = TestDevice.values(backend, n * n);
      Span sum = TestDevice.values(backend, 1);
      backend.elementwise().fill(a, 1);
      backend.matmul().gemm(GemmShape.of(n, n, n, false, true), a, a, c, Epilogue.NONE);
      backend
          .reduction()
          .reduce(ReduceOp.SUM, new ReduceShape(1, n * n, 1), c, 1.0 / n, sum, false);
      System.out.println("sum: " + Arrays.toString(TestDevice.read(backend, sum)));
      System.out.println("details: " + backend.device().details());
    }
  }

  /** Takes memory until there is none, then still computes. */
  private static void exhaust() {
    try (OpenClBackend backend = (OpenClBackend) new OpenClBackendProvider().open()) {
      int length = (int) (backend.memory().maxAllocationBytes() / Float.BYTES / 2);
      try {
        for (int i = 0; i < 1000; i++) {
          DeviceBuffer buffer = backend.memory().allocate(DType.FLOAT32, length);
          System.out.println("took " + buffer.bytes());
        }
      } catch (BackendException refused) {
        System.out.println("refused: " + refused.getMessage());
      }
    }
    compute();
  }
}
