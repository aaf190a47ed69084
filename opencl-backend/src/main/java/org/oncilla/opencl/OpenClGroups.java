package org.oncilla.opencl;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A family whose work-items combine results within a group, in groups of a size that is built in:
 * the macro GROUP.
 *
 * <p>A kernel may leave room for fewer work-items than its device does, and only the built kernel
 * knows. It is then built again for the largest power of two that it left room for. What comes out
 * depends on the device and its driver alone, so sums keep their order from run to run.
 */
final class OpenClGroups {
  private static final Logger LOG = LoggerFactory.getLogger(OpenClGroups.class);

  private final OpenClRuntime runtime;
  private final String family;
  private final Map<String, Fitted> fitted = new ConcurrentHashMap<>();

  OpenClGroups(OpenClRuntime runtime, String family) {
    this.runtime = runtime;
    this.family = family;
  }

  /**
   * A kernel in groups that it has room for.
   *
   * @param program the program built for this size
   * @param kernel the kernel's name
   * @param size work-items of a group, a power of two
   */
  record Fitted(OpenClPrograms.ProgramKey program, String kernel, int size) {}

  /** The kernel, built for the largest group that it has room for, of those the profile wants. */
  Fitted kernel(String name) {
    Fitted known = fitted.get(name);
    return known != null ? known : fitted.computeIfAbsent(name, this::fit);
  }

  private Fitted fit(String name) {
    int size = runtime.profile().reductionGroup();
    while (true) {
      OpenClPrograms.ProgramKey program = runtime.program(family, "-DGROUP=" + size);
      int room = runtime.programs().kernel(program, name).largestGroup();
      if (room >= size) {
        return new Fitted(program, name, size);
      }
      LOG.debug("kernel {} has room for groups of {}, not of {}", name, room, size);
      size = Math.max(1, Integer.highestOneBit(room));
    }
  }

  /** Begins a launch of such a kernel. */
  OpenClLauncher.Launch launch(String operation, Fitted fitted) {
    return runtime.launch(operation, fitted.program(), fitted.kernel());
  }
}
