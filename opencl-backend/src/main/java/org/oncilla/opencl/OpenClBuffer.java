package org.oncilla.opencl;

import org.jocl.cl_mem;
import org.oncilla.backend.DType;
import org.oncilla.backend.DeviceBuffer;
import org.oncilla.backend.Span;

/** A {@code cl_mem} and whether it is still ours: a released handle would end the JVM. */
final class OpenClBuffer extends DeviceBuffer {
  private final OpenClSession owner;
  private cl_mem handle;

  OpenClBuffer(OpenClSession owner, DType type, int capacity, cl_mem handle) {
    super(type, capacity);
    this.owner = owner;
    this.handle = handle;
  }

  /**
   * The buffer of a span, if it belongs to a session.
   *
   * @throws IllegalArgumentException if it is another backend's
   */
  static OpenClBuffer of(OpenClSession session, String operation, Span span) {
    if (span.buffer() instanceof OpenClBuffer buffer && buffer.owner == session) {
      return buffer;
    }
    throw new IllegalArgumentException(
        operation
            + ": a buffer belongs to another backend or device; this one is "
            + session.device().info().name()
            + ". Copy the values over with a read and a write");
  }

  /**
   * The handle.
   *
   * @throws IllegalStateException after the buffer was freed
   */
  synchronized cl_mem handle(String operation) {
    if (handle == null) {
      throw new IllegalStateException(
          operation + ": a buffer of " + bytes() + " bytes was used after it was freed");
    }
    return handle;
  }

  /** Takes the handle away from everyone else; null if that was done before. */
  synchronized cl_mem takeHandle() {
    cl_mem taken = handle;
    handle = null;
    return taken;
  }
}
