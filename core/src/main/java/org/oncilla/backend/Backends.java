package org.oncilla.backend;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds backends on the class path and opens the one that {@code -Doncilla.backend=} chooses:
 * {@code cpu}, {@code opencl}, or {@code auto} (the default), which takes an OpenCL GPU where there
 * is one and the CPU backend otherwise.
 */
public final class Backends {
  /** The system property that chooses the backend. */
  public static final String PROPERTY = "oncilla.backend";

  /** The value of {@link #PROPERTY} that leaves the choice to the library. */
  public static final String AUTO = "auto";

  private static final Logger LOG = LoggerFactory.getLogger(Backends.class);
  private static final String FALLBACK = "cpu";

  private static Selection selection;

  private Backends() {}

  /**
   * An opened backend and why it was taken.
   *
   * @param backend the backend
   * @param reason one line for the user
   */
  public record Selection(Backend backend, String reason) {}

  /** The process-wide default backend, opened at the first call. */
  public static Backend get() {
    return selected().backend();
  }

  /** The process-wide default backend and why it was chosen. */
  public static synchronized Selection selected() {
    if (selection == null) {
      selection = select(System.getProperty(PROPERTY, AUTO));
      LOG.info("backend {}: {}", selection.backend().name(), selection.reason());
    }
    return selection;
  }

  /** Closes the default backend; the next {@link #get} opens it anew. */
  public static synchronized void shutdown() {
    if (selection != null) {
      selection.backend().close();
      selection = null;
    }
  }

  /**
   * Opens a backend that the caller closes.
   *
   * @param name a backend's name, or {@code auto}
   * @throws BackendException if it is unknown or not to be had, with the choices and what to do
   */
  public static Backend open(String name) {
    return select(name).backend();
  }

  /** The backends on the class path. */
  public static List<BackendProvider> providers() {
    List<BackendProvider> providers = new ArrayList<>();
    ServiceLoader.load(BackendProvider.class).forEach(providers::add);
    return providers;
  }

  private static Selection select(String name) {
    List<BackendProvider> providers = providers();
    if (name.equals(AUTO)) {
      return selectAutomatically(providers);
    }
    BackendProvider provider = find(providers, name);
    if (provider == null) {
      throw new BackendException(
          "unknown backend \"" + name + "\"; the choices are " + AUTO + ", " + names(providers));
    }
    Backend backend = provider.open();
    return new Selection(backend, describe(backend) + ", asked for by name");
  }

  private static Selection selectAutomatically(List<BackendProvider> providers) {
    List<String> passedOver = new ArrayList<>();
    for (BackendProvider provider : providers) {
      if (provider.name().equals(FALLBACK)) {
        continue;
      }
      BackendProvider.Probe probe = provider.probe();
      if (!probe.devices().isEmpty() && probe.automatic()) {
        Backend backend = provider.open();
        return new Selection(backend, describe(backend) + ", a GPU was found");
      }
      passedOver.add(provider.name() + ": " + whyNot(probe));
    }
    BackendProvider fallback = find(providers, FALLBACK);
    if (fallback == null) {
      throw new BackendException(
          "no backend for "
              + AUTO
              + ": "
              + (passedOver.isEmpty()
                  ? "there is none on the class path; add oncilla-cpu or oncilla-opencl"
                  : String.join("; ", passedOver) + "; add oncilla-cpu to the class path"));
    }
    Backend backend = fallback.open();
    return new Selection(
        backend,
        describe(backend)
            + (passedOver.isEmpty() ? "" : " (" + String.join("; ", passedOver) + ")"));
  }

  private static String whyNot(BackendProvider.Probe probe) {
    return probe.devices().isEmpty()
        ? probe.problem()
        : "no GPU, only " + probe.devices().get(0).name() + ", used when asked for by name";
  }

  private static String describe(Backend backend) {
    DeviceInfo device = backend.device();
    return device.name() + ", " + device.computeUnits() + " units, " + device.details();
  }

  private static BackendProvider find(List<BackendProvider> providers, String name) {
    return providers.stream().filter(p -> p.name().equals(name)).findFirst().orElse(null);
  }

  private static String names(List<BackendProvider> providers) {
    return providers.stream().map(BackendProvider::name).sorted().collect(Collectors.joining(", "));
  }
}
