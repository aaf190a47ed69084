package org.oncilla.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jocl.CL.CL_MEM_READ_WRITE;
import static org.jocl.CL.clCreateBuffer;
import static org.jocl.CL.clEnqueueReadBuffer;
import static org.jocl.CL.clReleaseMemObject;
import static org.jocl.CL.clWaitForEvents;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_event;
import org.jocl.cl_mem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OpenClUploadsTest {
  private static final int WRITES = 100;

  private final AtomicBoolean failing = new AtomicBoolean(true);
  private final AtomicInteger failures = new AtomicInteger();

  private void await(cl_event event) {
    clWaitForEvents(1, new cl_event[] {event});
    if (failing.get()) {
      failures.incrementAndGet();
      throw new CLException("CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST", -14);
    }
  }

  /** Many more failures than there are slots: a slot lost to each would stop the last write. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD, unit = TimeUnit.SECONDS)
  void waitsThatFailLoseNoSlots() {
    OpenClSession session = new OpenClSession(TestDevice.device());
    OpenClUploads uploads = new OpenClUploads(session, this::await);
    cl_mem target =
        session.call(
            "allocate",
            () -> clCreateBuffer(session.context(), CL_MEM_READ_WRITE, Integer.BYTES, null, null));
    int refused = 0;
    for (int write = 0; write < WRITES; write++) {
      try {
        write(session, uploads, target, write);
      } catch (OpenClException failure) {
        assertThat(failure).hasMessageContaining("cannot write 1 element: CL_EXEC_STATUS_ERROR");
        refused++;
      }
    }
    assertThat(refused).isEqualTo(failures.get()).isGreaterThan(2 * OpenClUploads.MOST_SLOTS);
    failing.set(false);
    for (int write = 0; write <= OpenClUploads.MOST_SLOTS; write++) {
      write(session, uploads, target, 1000 + write);
    }
    assertThat(read(session, target)).isEqualTo(1000 + OpenClUploads.MOST_SLOTS);
    failing.set(true);
    session.close(
        () -> {
          uploads.release();
          clReleaseMemObject(target);
        });
    assertThatThrownBy(session::finish).hasMessageContaining("was closed");
  }

  private static void write(
      OpenClSession session, OpenClUploads uploads, cl_mem target, int value) {
    session.run(
        "write 1 element",
        () -> uploads.upload(target, 0, Integer.BYTES, bytes -> bytes.putInt(0, value)));
  }

  private static int read(OpenClSession session, cl_mem target) {
    int[] value = new int[1];
    session.run(
        "read 1 element",
        () ->
            clEnqueueReadBuffer(
                session.queue(), target, true, 0, Integer.BYTES, Pointer.to(value), 0, null, null));
    return value[0];
  }
}
