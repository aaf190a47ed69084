package org.oncilla.tests.conformance;

import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.oncilla.backend.Backend;
import org.oncilla.backend.BackendProvider;
import org.oncilla.backend.Backends;
import org.oncilla.tests.reference.ReferenceBackend;

/**
 * The backends that every conformance test runs on, opened once for all tests. {@code
 * -Doncilla.tests.opencl} says whether the OpenCL backend is among them: {@code required} fails
 * where there is no device, {@code auto} skips, {@code off} leaves it out.
 */
final class BackendsUnderTest implements ArgumentsProvider {
  private static final String OPENCL_MODE = "oncilla.tests.opencl";
  private static final String CPU_VECTOR = "oncilla.cpu.vector";
  private static final String CPU_THREADS = "oncilla.cpu.threads";

  /** Lives as long as the whole test run. */
  private static final class Opened implements AutoCloseable {
    private final List<BackendUnderTest> backends =
        Stream.concat(
                Stream.of(
                    BackendUnderTest.of("reference", ReferenceBackend::new),
                    cpu("cpu vector", true, 2),
                    cpu("cpu scalar", false, 2)),
                openCl().stream())
            .toList();

    @Override
    public void close() {
      backends.forEach(BackendUnderTest::close);
    }
  }

  @Override
  public Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    boolean referenceToo =
        context.getRequiredTestMethod().getAnnotation(OnEveryBackend.class).referenceToo();
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(BackendsUnderTest.class))
        .getOrComputeIfAbsent(Opened.class, key -> new Opened(), Opened.class)
        .backends
        .stream()
        .skip(referenceToo ? 0 : 1)
        .map(Arguments::of);
  }

  /** The CPU backend in one of its two ways of computing. */
  static BackendUnderTest cpu(String label, boolean vector, int threads) {
    Map<String, String> properties =
        Map.of(CPU_VECTOR, vector ? "on" : "off", CPU_THREADS, String.valueOf(threads));
    return BackendUnderTest.of(label, () -> open("cpu", properties));
  }

  private static List<BackendUnderTest> openCl() {
    String mode = System.getProperty(OPENCL_MODE, "auto");
    return switch (mode) {
      case "off" -> List.of();
      case "required" -> List.of(BackendUnderTest.of("opencl", () -> Backends.open("opencl")));
      case "auto" -> List.of(openClIfPresent());
      default ->
          throw new IllegalArgumentException(
              "-D" + OPENCL_MODE + "=" + mode + "; the choices are required, auto, off");
    };
  }

  private static BackendUnderTest openClIfPresent() {
    BackendProvider provider =
        Backends.providers().stream()
            .filter(candidate -> candidate.name().equals("opencl"))
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("oncilla-opencl is not on the class path"));
    String problem = provider.probe().problem();
    return problem == null
        ? BackendUnderTest.of("opencl", provider::open)
        : BackendUnderTest.missing("opencl", problem);
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
