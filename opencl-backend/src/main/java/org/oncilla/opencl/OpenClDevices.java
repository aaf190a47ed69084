package org.oncilla.opencl;

import static org.jocl.CL.CL_DEVICE_ADDRESS_BITS;
import static org.jocl.CL.CL_DEVICE_AVAILABLE;
import static org.jocl.CL.CL_DEVICE_COMPILER_AVAILABLE;
import static org.jocl.CL.CL_DEVICE_GLOBAL_MEM_SIZE;
import static org.jocl.CL.CL_DEVICE_LOCAL_MEM_SIZE;
import static org.jocl.CL.CL_DEVICE_MAX_COMPUTE_UNITS;
import static org.jocl.CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE;
import static org.jocl.CL.CL_DEVICE_MAX_WORK_GROUP_SIZE;
import static org.jocl.CL.CL_DEVICE_MAX_WORK_ITEM_DIMENSIONS;
import static org.jocl.CL.CL_DEVICE_MAX_WORK_ITEM_SIZES;
import static org.jocl.CL.CL_DEVICE_NAME;
import static org.jocl.CL.CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT;
import static org.jocl.CL.CL_DEVICE_TYPE;
import static org.jocl.CL.CL_DEVICE_TYPE_CPU;
import static org.jocl.CL.CL_DEVICE_TYPE_GPU;
import static org.jocl.CL.CL_DEVICE_VENDOR;
import static org.jocl.CL.CL_DEVICE_VERSION;
import static org.jocl.CL.CL_DRIVER_VERSION;
import static org.jocl.CL.CL_PLATFORM_NAME;
import static org.jocl.CL.CL_PLATFORM_VERSION;
import static org.jocl.CL.clGetDeviceIDs;
import static org.jocl.CL.clGetDeviceInfo;
import static org.jocl.CL.clGetPlatformIDs;
import static org.jocl.CL.clGetPlatformInfo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;
import org.oncilla.backend.DeviceInfo;

/** Finds the OpenCL devices of this machine, or exactly why there are none. */
final class OpenClDevices {
  /** JOCL's own constant is sign-extended to 64 bits, which some drivers refuse. */
  private static final long ALL_TYPES = 0xFFFFFFFFL;

  private static final String INSTALL =
      "install your GPU's OpenCL driver, or pocl-opencl-icd for a CPU (clinfo lists what is found)";

  private static final String POCL = "Portable Computing Language";

  private OpenClDevices() {}

  /**
   * What was found.
   *
   * @param devices the devices, best first: GPUs, accelerators, CPUs; more units first
   * @param problem why there are none and what to do; null where there are some
   */
  record Found(List<OpenClDevice> devices, String problem) {}

  /** Asks every platform for its devices; never throws. */
  static Found discover() {
    try {
      return ask();
    } finally {
      SignalHandlers.reclaim();
    }
  }

  private static Found ask() {
    if (OpenClLibrary.problem() != null) {
      return new Found(List.of(), OpenClLibrary.problem());
    }
    try {
      return discoverOnPlatforms(platforms());
    } catch (CLException failure) {
      if (failure.getStatus() == OpenClErrors.PLATFORM_NOT_FOUND) {
        return noDriver();
      }
      return new Found(
          List.of(),
          "OpenCL's platforms cannot be listed: "
              + OpenClErrors.name(failure.getStatus())
              + "; "
              + INSTALL);
    }
  }

  private static Found noDriver() {
    return new Found(
        List.of(),
        "there is an OpenCL loader but no driver, "
            + OpenClErrors.name(OpenClErrors.PLATFORM_NOT_FOUND)
            + "; "
            + INSTALL);
  }

  private static Found discoverOnPlatforms(cl_platform_id[] platforms) {
    if (platforms.length == 0) {
      return noDriver();
    }
    List<OpenClDevice> devices = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (int index = 0; index < platforms.length; index++) {
      String name = platformText(platforms[index], CL_PLATFORM_NAME);
      try {
        describeAll(platforms[index], index, devices, problems);
      } catch (CLException failure) {
        problems.add(withoutDevices(name, failure.getStatus()));
      }
    }
    devices.sort(
        Comparator.comparing(OpenClDevice::type)
            .thenComparing(Comparator.comparing((OpenClDevice d) -> -d.info().computeUnits())));
    return devices.isEmpty()
        ? new Found(List.of(), String.join("; ", problems) + "; " + INSTALL)
        : new Found(List.copyOf(devices), null);
  }

  private static String withoutDevices(String platformName, int code) {
    return "platform \""
        + platformName
        + "\" has no devices: "
        + OpenClErrors.name(code)
        + (platformName.equals(POCL)
            ? " (is POCL_CACHE_DIR, by default ~/.cache/pocl, writable, and POCL_DEVICES right?)"
            : "");
  }

  private static void describeAll(
      cl_platform_id platform,
      int platformIndex,
      List<OpenClDevice> devices,
      List<String> problems) {
    String platformName = platformText(platform, CL_PLATFORM_NAME);
    cl_device_id[] ids = deviceIds(platform);
    if (ids.length == 0) {
      problems.add(withoutDevices(platformName, OpenClErrors.DEVICE_NOT_FOUND));
    }
    for (int index = 0; index < ids.length; index++) {
      if (number(ids[index], CL_DEVICE_AVAILABLE, Sizeof.cl_uint) == 0
          || number(ids[index], CL_DEVICE_COMPILER_AVAILABLE, Sizeof.cl_uint) == 0) {
        problems.add(
            "device \""
                + text(ids[index], CL_DEVICE_NAME)
                + "\" of platform \""
                + platformName
                + "\" is not available or has no compiler");
        continue;
      }
      devices.add(describe(platform, platformIndex, ids[index], index));
    }
  }

  private static OpenClDevice describe(
      cl_platform_id platform, int platformIndex, cl_device_id id, int index) {
    String platformName = platformText(platform, CL_PLATFORM_NAME);
    String version = text(id, CL_DEVICE_VERSION);
    OpenClDevice.Limits limits = limits(id);
    OpenClDevice.Type type = type(id);
    DeviceInfo info =
        new DeviceInfo(
            text(id, CL_DEVICE_NAME),
            type.label(),
            (int) number(id, CL_DEVICE_MAX_COMPUTE_UNITS, Sizeof.cl_uint),
            limits.globalBytes(),
            platformName + " " + text(id, CL_DRIVER_VERSION),
            String.format(
                Locale.ROOT,
                "%.1f GiB, %s, device %d:%d, %d KiB local, groups up to %d",
                limits.globalBytes() / (double) (1 << 30),
                version,
                platformIndex,
                index,
                limits.localBytes() >> 10,
                limits.workGroup()));
    String identity =
        String.join(
            "\n",
            platformName,
            platformText(platform, CL_PLATFORM_VERSION),
            info.name(),
            text(id, CL_DEVICE_VENDOR),
            version,
            text(id, CL_DRIVER_VERSION),
            Long.toString(number(id, CL_DEVICE_ADDRESS_BITS, Sizeof.cl_uint)));
    return new OpenClDevice(platformIndex, index, platform, id, type, info, limits, identity);
  }

  private static OpenClDevice.Limits limits(cl_device_id id) {
    long group = number(id, CL_DEVICE_MAX_WORK_GROUP_SIZE, Sizeof.size_t);
    int dimensions = (int) number(id, CL_DEVICE_MAX_WORK_ITEM_DIMENSIONS, Sizeof.cl_uint);
    long[] items = new long[dimensions];
    clGetDeviceInfo(
        id,
        CL_DEVICE_MAX_WORK_ITEM_SIZES,
        (long) Sizeof.size_t * dimensions,
        Pointer.to(items),
        null);
    return new OpenClDevice.Limits(
        (int) Math.min(Math.min(group, items[0]), 1 << 20),
        number(id, CL_DEVICE_LOCAL_MEM_SIZE, Sizeof.cl_ulong),
        number(id, CL_DEVICE_GLOBAL_MEM_SIZE, Sizeof.cl_ulong),
        number(id, CL_DEVICE_MAX_MEM_ALLOC_SIZE, Sizeof.cl_ulong),
        (int) number(id, CL_DEVICE_NATIVE_VECTOR_WIDTH_FLOAT, Sizeof.cl_uint));
  }

  private static OpenClDevice.Type type(cl_device_id id) {
    long type = number(id, CL_DEVICE_TYPE, Sizeof.cl_ulong);
    if ((type & CL_DEVICE_TYPE_GPU) != 0) {
      return OpenClDevice.Type.GPU;
    }
    return (type & CL_DEVICE_TYPE_CPU) != 0 ? OpenClDevice.Type.CPU : OpenClDevice.Type.ACCELERATOR;
  }

  private static cl_platform_id[] platforms() {
    int[] count = new int[1];
    clGetPlatformIDs(0, null, count);
    cl_platform_id[] platforms = new cl_platform_id[count[0]];
    if (platforms.length > 0) {
      clGetPlatformIDs(platforms.length, platforms, null);
    }
    return platforms;
  }

  private static cl_device_id[] deviceIds(cl_platform_id platform) {
    int[] count = new int[1];
    clGetDeviceIDs(platform, ALL_TYPES, 0, null, count);
    cl_device_id[] ids = new cl_device_id[count[0]];
    if (ids.length > 0) {
      clGetDeviceIDs(platform, ALL_TYPES, ids.length, ids, null);
    }
    return ids;
  }

  /** A number of 4 or 8 bytes; the machines OpenCL runs on are little-endian. */
  private static long number(cl_device_id id, int what, int bytes) {
    long[] value = new long[1];
    clGetDeviceInfo(id, what, bytes, Pointer.to(value), null);
    return value[0];
  }

  private static String text(cl_device_id id, int what) {
    long[] size = new long[1];
    clGetDeviceInfo(id, what, 0, null, size);
    byte[] bytes = new byte[(int) size[0]];
    clGetDeviceInfo(id, what, bytes.length, Pointer.to(bytes), null);
    return trimmed(bytes);
  }

  private static String platformText(cl_platform_id platform, int what) {
    long[] size = new long[1];
    clGetPlatformInfo(platform, what, 0, null, size);
    byte[] bytes = new byte[(int) size[0]];
    clGetPlatformInfo(platform, what, bytes.length, Pointer.to(bytes), null);
    return trimmed(bytes);
  }

  private static String trimmed(byte[] terminated) {
    return new String(terminated, StandardCharsets.UTF_8).replace("\0", "").trim();
  }
}
