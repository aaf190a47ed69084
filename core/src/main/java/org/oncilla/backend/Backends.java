package org.oncilla.backend;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds backends on the class path and opens the one that {@code -Doncilla.backend=} chooses:
 * {@code cpu}, {@code opencl}, or {@code auto} (the default). {@code auto} takes the device that
 * another property asks for, such as {@code -Doncilla.opencl.device=}; else an OpenCL GPU where
 * there is one that opens; else the CPU backend. What was asked for and cannot be had is an error,
 * never another device.
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
      selection = select(System.getProperty(PROPERTY, AUTO), providers());
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
    return select(name, providers()).backend();
  }

  /** The backends on the class path. */
  public static List<BackendProvider> providers() {
    List<BackendProvider> providers = new ArrayList<>();
    ServiceLoader.load(BackendProvider.class).forEach(providers::add);
    return providers;
  }

  static Selection select(String name, List<BackendProvider> providers) {
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
    Map<BackendProvider, BackendProvider.Probe> probes = new LinkedHashMap<>();
    for (BackendProvider provider : providers) {
      if (!provider.name().equals(FALLBACK)) {
        probes.put(provider, provider.probe());
      }
    }
    for (Map.Entry<BackendProvider, BackendProvider.Probe> candidate : probes.entrySet()) {
      String setting = candidate.getValue().askedFor();
      if (setting != null) {
        Backend backend = candidate.getKey().open();
        return new Selection(backend, describe(backend) + ", asked for by " + setting);
      }
    }
    List<String> passedOver = new ArrayList<>();
    for (Map.Entry<BackendProvider, BackendProvider.Probe> candidate : probes.entrySet()) {
      Selection taken = takeIfUsable(candidate.getKey(), candidate.getValue(), passedOver);
      if (taken != null) {
        return taken;
      }
    }
    return openFallback(find(providers, FALLBACK), passedOver);
  }

  /** Null where the backend is not to be taken; the reason is then added to those passed over. */
  private static Selection takeIfUsable(
      BackendProvider provider, BackendProvider.Probe probe, List<String> passedOver) {
    String name = provider.name() + ": ";
    if (probe.devices().isEmpty()) {
      passedOver.add(name + probe.problem());
      return null;
    }
    String device = probe.devices().get(0).name();
    if (!probe.automatic()) {
      passedOver.add(name + "no GPU, only " + device + ", used when asked for by name");
      return null;
    }
    try {
      Backend backend = provider.open();
      return new Selection(backend, describe(backend) + ", a GPU was found");
    } catch (BackendException unusable) {
      LOG.warn(
          "backend {}: {} was found but does not open, so another is taken: {}",
          provider.name(),
          device,
          unusable.getMessage());
      passedOver.add(name + device + " does not open: " + unusable.getMessage());
      return null;
    }
  }

  private static Selection openFallback(BackendProvider fallback, List<String> passedOver) {
    String reasons = String.join("; ", passedOver);
    if (fallback == null) {
      throw new BackendException(
          "no backend for "
              + AUTO
              + ": "
              + (passedOver.isEmpty()
                  ? "there is none on the class path; add oncilla-cpu or oncilla-opencl"
                  : reasons + "; add oncilla-cpu to the class path"));
    }
    Backend backend = fallback.open();
    return new Selection(
        backend, describe(backend) + (passedOver.isEmpty() ? "" : " (" + reasons + ")"));
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
