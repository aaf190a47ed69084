package org.oncilla.benchmarks;

import java.util.List;
import java.util.Optional;
import org.oncilla.benchmarks.workload.DeviceCalls;
import org.oncilla.benchmarks.workload.Workload;

/**
 * What was measured of one workload.
 *
 * @param workload what ran
 * @param sides the libraries that ran it, Oncilla first
 * @param speedUp the time of the second side over that of the first, round by round; empty where
 *     there is one side
 * @param problems what is not as it must be; a measurement with problems does not count
 */
record Measurement(
    Workload workload, List<Side> sides, Optional<Quartiles> speedUp, List<String> problems) {
  /**
   * One library.
   *
   * @param library its name
   * @param description version, device and the like
   * @param parameterCount number of weights
   * @param milliseconds of a step
   * @param newBuffers device buffers allocated while it was timed; empty where it does not tell
   * @param calls what one step asks of the device; empty where it cannot be counted
   */
  record Side(
      String library,
      String description,
      int parameterCount,
      Quartiles milliseconds,
      Optional<Long> newBuffers,
      Optional<DeviceCalls> calls) {}
}
