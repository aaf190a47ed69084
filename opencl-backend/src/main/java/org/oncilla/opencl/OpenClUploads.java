package org.oncilla.opencl;

import static org.jocl.CL.CL_EVENT_COMMAND_EXECUTION_STATUS;
import static org.jocl.CL.CL_MAP_WRITE_INVALIDATE_REGION;
import static org.jocl.CL.CL_MEM_ALLOC_HOST_PTR;
import static org.jocl.CL.CL_MEM_READ_ONLY;
import static org.jocl.CL.clCreateBuffer;
import static org.jocl.CL.clEnqueueCopyBuffer;
import static org.jocl.CL.clEnqueueMapBuffer;
import static org.jocl.CL.clEnqueueUnmapMemObject;
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
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_event;
import org.jocl.cl_mem;

/**
 * Copies host values to the device without waiting for the kernels in front of them.
 *
 * <p>A blocking write would wait for the whole queue, and the device would then idle until the next
 * kernels are enqueued; a non-blocking one needs a direct buffer and costs JOCL a waiting thread
 * each. So values go to a slot of pinned memory, mapped through a second queue that never has
 * anything to wait for, and from there to their buffer by a copy in the main queue. A slot is used
 * again when its copy is done; only when all slots are on their way does a writer wait.
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

  /** Pinned memory and the copy that reads it, if there was one. */
  private static final class Slot {
    private final cl_mem memory;
    private cl_event copy;

    Slot(cl_mem memory) {
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
      cl_command_queue side = session.sideQueue();
      ByteBuffer mapped =
          clEnqueueMapBuffer(
              side,
              slot.memory,
              true,
              CL_MAP_WRITE_INVALIDATE_REGION,
              0,
              bytes,
              0,
              null,
              null,
              null);
      cl_event filled = new cl_event();
      try {
        fill.accept(mapped.order(ByteOrder.nativeOrder()));
      } finally {
        clEnqueueUnmapMemObject(side, slot.memory, mapped, 0, null, filled);
      }
      enqueueCopy(slot, target, targetByte, bytes, filled);
    } finally {
      give(slot);
    }
  }

  private void enqueueCopy(Slot slot, cl_mem target, long targetByte, long bytes, cl_event filled) {
    try {
      clFlush(session.sideQueue());
      cl_event copy = new cl_event();
      clEnqueueCopyBuffer(
          session.queue(),
          slot.memory,
          target,
          0,
          targetByte,
          bytes,
          1,
          new cl_event[] {filled},
          copy);
      slot.copy = copy;
      clFlush(session.queue());
    } finally {
      clReleaseEvent(filled);
    }
  }

  /** A slot for one writer, who gives it back; its last copy may still be on its way. */
  private synchronized Slot take() {
    Slot slot = waiting.peekFirst();
    if (slot != null && (slots == MOST_SLOTS || isDone(slot))) {
      return waiting.removeFirst();
    }
    if (slots < MOST_SLOTS) {
      slot =
          new Slot(
              clCreateBuffer(
                  session.context(),
                  CL_MEM_READ_ONLY | CL_MEM_ALLOC_HOST_PTR,
                  SLOT_BYTES,
                  null,
                  null));
      slots++;
      return slot;
    }
    return waitForSlot();
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
      clReleaseMemObject(slot.memory);
    }
    waiting.clear();
    slots = 0;
  }
}
