package org.oncilla.backend;

import java.util.List;

/** Finds and opens one kind of backend; implementations are registered with ServiceLoader. */
public interface BackendProvider {
  /** The name that {@code -Doncilla.backend=} takes. */
  String name();

  /**
   * What this provider finds on this machine. Does not throw where a driver is missing: the result
   * says why.
   */
  Probe probe();

  /**
   * Opens the device that the system properties choose.
   *
   * @throws BackendException if there is none, with what was found and what to install
   */
  Backend open();

  /**
   * The result of a probe.
   *
   * @param devices the devices found, best first
   * @param problem why there are none, and what to do; null where there are some
   * @param automatic whether {@code auto} should take this backend when it is there and opens
   * @param askedFor the setting by which the user asks for a device of this backend, such as {@code
   *     -Doncilla.opencl.device=0}, or null: {@code auto} then opens this backend or fails as it
   *     does
   */
  record Probe(List<DeviceInfo> devices, String problem, boolean automatic, String askedFor) {}
}
