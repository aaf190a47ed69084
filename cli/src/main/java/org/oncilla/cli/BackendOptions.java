package org.oncilla.cli;

import java.util.ArrayList;
import java.util.List;
import org.oncilla.backend.Backend;
import org.oncilla.backend.BackendProvider;
import org.oncilla.backend.Backends;
import picocli.CommandLine.Option;

/** Where to compute. */
final class BackendOptions {
  private static final String THREADS_PROPERTY = "oncilla.cpu.threads";

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      description =
          "cpu, opencl, or auto: an OpenCL GPU where there is one, else the CPU"
              + " (default: auto; the same as -Doncilla.backend=NAME).")
  String backend;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of the cpu backend (default: one for each core).")
  Integer threads;

  /** An open default backend. */
  record Session(Backends.Selection selection) implements AutoCloseable {
    Backend backend() {
      return selection.backend();
    }

    /** The line of a report that tells the device, why it was taken, and what would speed it up. */
    String line() {
      return "backend   %s: %s".formatted(backend().name(), selection.reason());
    }

    @Override
    public void close() {
      Backends.shutdown();
    }
  }

  /**
   * Opens the backend that was asked for.
   *
   * @param scope keeps what was asked for as system properties
   */
  Session open(BaseCommand command, PropertyScope scope) {
    if (threads != null) {
      if (threads < 1) {
        throw command.usage("--threads must be at least 1, not " + threads);
      }
      scope.set(THREADS_PROPERTY, threads.toString());
    }
    if (backend != null) {
      scope.set(Backends.PROPERTY, backend);
    }
    requireKnown(command, backend == null ? "-D" + Backends.PROPERTY + "=" : "--backend ");
    return new Session(Backends.selected());
  }

  /**
   * Refuses a name that no backend has.
   *
   * @param option by which it was given, up to the name
   */
  static void requireKnown(BaseCommand command, String option) {
    String wanted = System.getProperty(Backends.PROPERTY, Backends.AUTO);
    List<String> known = new ArrayList<>(List.of(Backends.AUTO));
    Backends.providers().stream().map(BackendProvider::name).sorted().forEach(known::add);
    if (!known.contains(wanted)) {
      throw command.usage(
          option + wanted + " is unknown; the choices are " + String.join(", ", known));
    }
  }
}
