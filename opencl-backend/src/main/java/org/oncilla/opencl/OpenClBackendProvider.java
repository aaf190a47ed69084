package org.oncilla.opencl;

import java.util.List;
import org.oncilla.backend.Backend;
import org.oncilla.backend.BackendException;
import org.oncilla.backend.BackendProvider;

/**
 * Finds and opens OpenCL devices. {@code auto} takes this backend only where the best device is a
 * GPU; a CPU device, such as PoCL's, is for those who ask for it, by the backend's name or by
 * {@code -Doncilla.opencl.device=}.
 */
public final class OpenClBackendProvider implements BackendProvider {
  /** The name that {@code -Doncilla.backend=} takes. */
  public static final String NAME = "opencl";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Probe probe() {
    OpenClDevices.Found found = OpenClDevices.discover();
    if (found.devices().isEmpty()) {
      return new Probe(List.of(), found.problem(), false, DeviceChoice.setting());
    }
    boolean gpu = found.devices().get(0).type() == OpenClDevice.Type.GPU;
    return new Probe(
        found.devices().stream().map(OpenClDevice::info).toList(),
        null,
        gpu,
        DeviceChoice.setting());
  }

  @Override
  public Backend open() {
    OpenClDevices.Found found = OpenClDevices.discover();
    if (found.devices().isEmpty()) {
      String setting = DeviceChoice.setting();
      throw new BackendException(
          "no OpenCL device"
              + (setting == null ? "" : ", so none for " + setting)
              + ": "
              + found.problem());
    }
    return new OpenClBackend(DeviceChoice.choose(found.devices(), DeviceChoice.wanted()));
  }
}
