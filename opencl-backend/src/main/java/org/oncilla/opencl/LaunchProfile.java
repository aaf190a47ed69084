package org.oncilla.opencl;

import org.oncilla.backend.BackendException;

/**
 * How kernels are cut for a device. Devices that run many work-items side by side get groups that
 * share local memory; CPUs, and whatever allows tiny groups only, get one work-item a tile that
 * uses vectors.
 *
 * @param single whether one work-item computes a whole tile
 * @param unroll whether the compiler is good at unrolling deep loops: a CPU's takes minutes
 * @param lanes elements an element-wise work-item handles
 * @param group preferred work-items of an element-wise group
 * @param reductionGroup preferred work-items of a reduction's group, a power of two
 * @param units compute units
 * @param workGroup most work-items of a group
 * @param localBytes local memory of a group
 */
record LaunchProfile(
    boolean single,
    boolean unroll,
    int lanes,
    int group,
    int reductionGroup,
    int units,
    int workGroup,
    long localBytes) {

  /** The system property that overrides the choice: auto, groups or single. */
  static final String PROPERTY = "oncilla.opencl.kernels";

  private static final int SMALLEST_USEFUL_GROUP = 64;

  /** What the smallest tile takes, rounded up. */
  private static final int LEAST_LOCAL_BYTES = 8 << 10;

  private static final int GPU_GROUP = 256;
  private static final int CPU_GROUP = 16;
  private static final int SCALAR_GROUP = 256;

  /** The profile of a device, unless the system property says otherwise. */
  static LaunchProfile of(OpenClDevice device) {
    return of(device, System.getProperty(PROPERTY, "auto"));
  }

  /** The profile of a device, with the value of the system property. */
  static LaunchProfile of(OpenClDevice device, String wanted) {
    boolean single =
        switch (wanted) {
          case "auto" ->
              device.type() == OpenClDevice.Type.CPU
                  || device.limits().workGroup() < SMALLEST_USEFUL_GROUP
                  || device.limits().localBytes() < LEAST_LOCAL_BYTES;
          case "groups" -> requireGroups(device);
          case "single" -> true;
          default ->
              throw new IllegalArgumentException(
                  "-D"
                      + PROPERTY
                      + "="
                      + wanted
                      + " is unknown; the choices are auto, groups, single");
        };
    int most = Math.min(device.limits().workGroup(), single ? CPU_GROUP : GPU_GROUP);
    return new LaunchProfile(
        single,
        device.type() != OpenClDevice.Type.CPU,
        single ? (device.limits().vectorWidth() >= 16 ? 16 : 8) : 1,
        most,
        Integer.highestOneBit(most),
        device.info().computeUnits(),
        device.limits().workGroup(),
        device.limits().localBytes());
  }

  private static boolean requireGroups(OpenClDevice device) {
    OpenClDevice.Limits limits = device.limits();
    if (limits.workGroup() < SMALLEST_USEFUL_GROUP || limits.localBytes() < LEAST_LOCAL_BYTES) {
      throw new BackendException(
          "-D"
              + PROPERTY
              + "=groups needs groups of "
              + SMALLEST_USEFUL_GROUP
              + " and "
              + LEAST_LOCAL_BYTES
              + " bytes of local memory, but "
              + device.info().name()
              + " has groups of "
              + limits.workGroup()
              + " and "
              + limits.localBytes()
              + " bytes; use single");
    }
    return false;
  }

  /** Preferred work-items of a group where each handles few elements and no vectors. */
  int scalarGroup() {
    return Math.min(workGroup, SCALAR_GROUP);
  }

  /**
   * Work-items that share a line whose elements lie side by side: a power of two up to the group.
   *
   * @param elements of the line
   * @param elementsPerLane those a work-item should have before another one shares its line
   * @param group work-items of a group
   */
  int lanesOfLine(int elements, int elementsPerLane, int group) {
    int useful = Integer.highestOneBit(Math.max(1, elements / elementsPerLane));
    return single ? 1 : Math.min(group, useful);
  }

  /** The macro of element-wise programs. */
  String lanesOption() {
    return "-DLANES=" + lanes;
  }
}
