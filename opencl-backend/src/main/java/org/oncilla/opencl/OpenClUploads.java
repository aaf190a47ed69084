package org.oncilla.opencl;

import static org.jocl.CL.CL_EVENT_COMMAND_EXECUTION_STATUS;
import static org.jocl.CL.CL_MAP_WRITE;
import static org.jocl.CL.CL_MEM_ALLOC_HOST_PTR;
import static org.jocl.CL.CL_MEM_READ_WRITE;
import static org.jocl.CL.clCreateBuffer;
import static org.jocl.CL.clEnqueueCopyBuffer;
import static org.jocl.CL.clEnqueueMapBuffer;
import static org.jocl.CL.clEnqueueUnmapMemObject;
import static org.jocl.CL.clEnqueueWriteBuffer;
import static org.jocl.CL.clFlush;
import static org.jocl.CL.clGetEventInfo;
import static org.jocl.CL.clReleaseEvent;
import static org.jocl.CL.clReleaseMemObject;
import static org.jocl.CL.clWaitForEvents;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_event;
import org.jocl.cl_mem;

/**
 * Copies host values to the device without waiting for the kernels in front of them.
 *
 * <p>A blocking write to the buffer itself would wait for the whole queue, and the device would
 * then idle until the next kernels are enqueued; a non-blocking one costs JOCL a waiting thread
 * each. So values go through pinned host memory to a slot on the device, by a blocking write in a
 * second queue that never has anything to wait for, and from the slot to their buffer by a copy in
 * the main queue. A slot is used again when its copy is done; only when all slots are on their way
 * does a writer wait.
 *
 * <p>Pinned memory is mapped once and stays mapped. Mapping a slot for each write would save the
 * second copy on devices that share the host's memory, but Mesa 22.3's rusticl now and then refuses
 * to unmap what it mapped shortly after an unmap of the same buffer.
 */
final class OpenClUploads {
  /** Bytes of a slot; longer writes take several. */
  static final int SLOT_BYTES = 2 << 20;

  /** Slots that may be on their way at once. */
  static final int MOST_SLOTS = 8;

  private static final int COMPLETE = 0;

  private final OpenClSession session;
  private final Consumer<cl_event> waiter;
  private final Deque<Slot> waiting = new ArrayDeque<>();
  private int slots;

  OpenClUploads(OpenClSession session) {
    this(session, event -> clWaitForEvents(1, new cl_event[] {event}));
  }

  /** With another way to wait for an event, for tests of waits that fail. */
  OpenClUploads(OpenClSession session, Consumer<cl_event> waiter) {
    this.session = session;
    this.waiter = waiter;
  }

  /** Pinned memory, the device memory behind it, and the copy that reads that, if there was one. */
  private static final class Slot {
    private final cl_mem pinned;
    private final ByteBuffer host;
    private final cl_mem memory;
    private cl_event copy;

    Slot(cl_mem pinned, ByteBuffer host, cl_mem memory) {
      this.pinned = pinned;
      this.host = host;
      this.memory = memory;
    }
  }

  /**
   * Enqueues one copy of at most {@link #SLOT_BYTES}. Inside {@link OpenClSession#call}.
   *
   * @param target where to
   * @param targetByte first byte to write
   * @param bytes number of bytes
   * @param fill puts the bytes into a slot
   */
  void upload(cl_mem target, long targetByte, long bytes, Consumer<ByteBuffer> fill) {
    Slot slot = take();
    try {
      awaitCopy(slot);
      fill.accept(slot.host.clear().order(ByteOrder.nativeOrder()));
      // What a blocking write wrote is there for every command enqueued after it, on any queue.
      OpenClSession.await(
          written ->
              clEnqueueWriteBuffer(
                  session.sideQueue(),
                  slot.memory,
                  true,
                  0,
                  bytes,
                  Pointer.to(slot.host),
                  0,
                  null,
                  written));
      cl_event copy = new cl_event();
      clEnqueueCopyBuffer(
          session.queue(), slot.memory, target, 0, targetByte, bytes, 0, null, copy);
      slot.copy = copy;
      clFlush(session.queue());
    } finally {
      give(slot);
    }
  }

  /** A slot for one writer, who gives it back; its last copy may still be on its way. */
  private synchronized Slot take() {
    Slot slot = waiting.peekFirst();
    if (slot != null && (slots == MOST_SLOTS || isDone(slot))) {
      return waiting.removeFirst();
    }
    if (slots < MOST_SLOTS) {
      slot = create();
      slots++;
      return slot;
    }
    return waitForSlot();
  }

  private Slot create() {
    cl_mem memory = clCreateBuffer(session.context(), CL_MEM_READ_WRITE, SLOT_BYTES, null, null);
    cl_mem pinned = null;
    try {
      pinned = clCreateBuffer(session.context(), CL_MEM_ALLOC_HOST_PTR, SLOT_BYTES, null, null);
      ByteBuffer host =
          clEnqueueMapBuffer(
              session.sideQueue(), pinned, true, CL_MAP_WRITE, 0, SLOT_BYTES, 0, null, null, null);
      return new Slot(pinned, host, memory);
    } catch (CLException refused) {
      clReleaseMemObject(memory);
      if (pinned != null) {
        clReleaseMemObject(pinned);
      }
      throw refused;
    }
  }

  /** All slots are in the hands of other writers. */
  private Slot waitForSlot() {
    boolean interrupted = false;
    while (waiting.isEmpty()) {
      try {
        wait();
      } catch (InterruptedException later) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return waiting.removeFirst();
  }

  private static boolean isDone(Slot slot) {
    if (slot.copy == null) {
      return true;
    }
    int[] status = new int[1];
    clGetEventInfo(
        slot.copy, CL_EVENT_COMMAND_EXECUTION_STATUS, Sizeof.cl_int, Pointer.to(status), null);
    return status[0] <= COMPLETE;
  }

  private void awaitCopy(Slot slot) {
    cl_event copy = slot.copy;
    if (copy != null) {
      slot.copy = null;
      try {
        waiter.accept(copy);
      } finally {
        clReleaseEvent(copy);
      }
    }
  }

  private synchronized void give(Slot slot) {
    waiting.addLast(slot);
    notify();
  }

  /** Releases the slots; the session is closing, its queues are done and nobody is writing. */
  void release() {
    for (Slot slot : waiting) {
      if (slot.copy != null) {
        clReleaseEvent(slot.copy);
      }
      clEnqueueUnmapMemObject(session.sideQueue(), slot.pinned, slot.host, 0, null, null);
      clReleaseMemObject(slot.pinned);
      clReleaseMemObject(slot.memory);
    }
    waiting.clear();
    slots = 0;
  }
}
