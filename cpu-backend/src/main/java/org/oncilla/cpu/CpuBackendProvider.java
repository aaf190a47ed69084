package org.oncilla.cpu;

import java.util.List;
import org.oncilla.backend.Backend;
import org.oncilla.backend.BackendException;
import org.oncilla.backend.BackendProvider;

/** Finds the processor, which is always there. */
public final class CpuBackendProvider implements BackendProvider {
  /** The backend's name. */
  static final String NAME = "cpu";

  /** For ServiceLoader. */
  public CpuBackendProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Probe probe() {
    CpuSettings settings = CpuSettings.fromProperties();
    try {
      SimdSelection selection = SimdSelection.choose(settings.vector());
      return new Probe(List.of(CpuBackend.describe(settings, selection)), null, true, null);
    } catch (BackendException unusable) {
      return new Probe(List.of(), unusable.getMessage(), true, null);
    }
  }

  @Override
  public Backend open() {
    return new CpuBackend(CpuSettings.fromProperties());
  }
}
