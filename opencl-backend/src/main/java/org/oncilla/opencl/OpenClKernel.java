package org.oncilla.opencl;

import static org.jocl.CL.CL_KERNEL_LOCAL_MEM_SIZE;
import static org.jocl.CL.CL_KERNEL_WORK_GROUP_SIZE;
import static org.jocl.CL.clGetKernelWorkGroupInfo;
import static org.jocl.CL.clSetKernelArg;

import java.util.Arrays;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_device_id;
import org.jocl.cl_kernel;
import org.jocl.cl_mem;

/**
 * A kernel and the arguments it holds. Setting an argument costs more than comparing one, so a
 * value that is already there is not set again. Not thread-safe: {@link OpenClLauncher} has the
 * lock.
 */
final class OpenClKernel {
  private static final int MOST_ARGUMENTS = 32;

  private final String name;
  private final cl_kernel handle;
  private final int largestGroup;
  private final long localBytes;
  private final Object[] held = new Object[MOST_ARGUMENTS];

  /**
   * Asks the driver for the kernel's limits.
   *
   * @param mostGroup a limit of its groups beside the driver's
   */
  OpenClKernel(String name, cl_kernel handle, cl_device_id device, int mostGroup) {
    this.name = name;
    this.handle = handle;
    long[] value = new long[1];
    clGetKernelWorkGroupInfo(
        handle, device, CL_KERNEL_WORK_GROUP_SIZE, Sizeof.size_t, Pointer.to(value), null);
    largestGroup = (int) Math.min(value[0], mostGroup);
    clGetKernelWorkGroupInfo(
        handle, device, CL_KERNEL_LOCAL_MEM_SIZE, Sizeof.cl_ulong, Pointer.to(value), null);
    localBytes = value[0];
  }

  String name() {
    return name;
  }

  cl_kernel handle() {
    return handle;
  }

  /** The most work-items of a group that this kernel's registers leave room for. */
  int largestGroup() {
    return largestGroup;
  }

  /** Local memory that a work-group of this kernel takes. */
  long localBytes() {
    return localBytes;
  }

  /**
   * Sets an argument: a {@code cl_mem}, an {@code int[]} (an int or a struct of ints) or a Float.
   */
  void set(int index, Object value) {
    Object old = held[index];
    if (old == value || isSame(old, value)) {
      return;
    }
    held[index] = null;
    if (value instanceof cl_mem memory) {
      clSetKernelArg(handle, index, Sizeof.cl_mem, Pointer.to(memory));
    } else if (value instanceof int[] ints) {
      clSetKernelArg(handle, index, (long) Sizeof.cl_int * ints.length, Pointer.to(ints));
    } else {
      float[] number = {(Float) value};
      clSetKernelArg(handle, index, Sizeof.cl_float, Pointer.to(number));
    }
    held[index] = value;
  }

  private static boolean isSame(Object old, Object value) {
    if (value instanceof int[] ints) {
      return old instanceof int[] oldInts && Arrays.equals(oldInts, ints);
    }
    return value instanceof Float && value.equals(old);
  }
}
