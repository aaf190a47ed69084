package org.oncilla.opencl;

import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;
import org.oncilla.backend.DeviceInfo;

/**
 * One OpenCL device and the limits that decide what can be launched on it.
 *
 * @param platformIndex place of its platform in the loader's list
 * @param deviceIndex place of the device in its platform's list
 * @param platform the platform's handle
 * @param id the device's handle
 * @param type what kind of device it is
 * @param info what a user may want to know
 * @param limits what can be launched
 * @param identity platform, device and driver with their versions: what a compiled program is for
 */
record OpenClDevice(
    int platformIndex,
    int deviceIndex,
    cl_platform_id platform,
    cl_device_id id,
    Type type,
    DeviceInfo info,
    Limits limits,
    String identity) {

  /** Kinds of devices, the most wanted first. */
  enum Type {
    GPU("GPU"),
    ACCELERATOR("accelerator"),
    CPU("CPU");

    private final String label;

    Type(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }

  /**
   * Limits of a device.
   *
   * @param workGroup most work-items of a work-group along one dimension
   * @param localBytes local memory of a work-group
   * @param globalBytes memory for buffers
   * @param allocationBytes largest buffer
   * @param vectorWidth floats in a native vector
   */
  record Limits(
      int workGroup, long localBytes, long globalBytes, long allocationBytes, int vectorWidth) {}

  /** How {@code -Doncilla.opencl.device=} names it: platform and device index. */
  String address() {
    return platformIndex + ":" + deviceIndex;
  }

  /** Name and kind for a list of choices. */
  @Override
  public String toString() {
    return address() + " " + info.name() + " (" + type.label() + ")";
  }
}
