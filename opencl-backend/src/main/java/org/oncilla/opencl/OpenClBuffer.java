package org.oncilla.opencl;

import static org.jocl.CL.clReleaseMemObject;

import org.jocl.cl_mem;
import org.oncilla.backend.DType;
import org.oncilla.backend.DeviceBuffer;
import org.oncilla.backend.Span;

/** A {@code cl_mem} and whether it is still ours: a released handle would end the JVM. */
final class OpenClBuffer extends DeviceBuffer {
  private final OpenClSession owner;
  private final cl_mem handle;
  private int uses;
  private boolean freed;

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
   * The handle, which stays valid until {@link #endUse}: a thread that frees the buffer meanwhile
   * must not take it away under a call that is about to be made.
   *
   * @throws IllegalStateException after the buffer was freed
   */
  synchronized cl_mem beginUse(String operation) {
    if (freed) {
      throw new IllegalStateException(
          operation + ": a buffer of " + bytes() + " bytes was used after it was freed");
    }
    uses++;
    return handle;
  }

  /** Ends a use, and the buffer if it was freed during it. Inside {@link OpenClSession#call}. */
  synchronized void endUse() {
    uses--;
    if (freed && uses == 0) {
      clReleaseMemObject(handle);
    }
  }

  /**
   * Releases the handle as soon as nobody uses it. The driver keeps the memory until the commands
   * already enqueued are done with it. Inside {@link OpenClSession#call}.
   */
  synchronized void free() {
    freed = true;
    if (uses == 0) {
      clReleaseMemObject(handle);
    }
  }
}
