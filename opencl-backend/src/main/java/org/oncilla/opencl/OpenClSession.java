package org.oncilla.opencl;

import static org.jocl.CL.CL_CONTEXT_PLATFORM;
import static org.jocl.CL.clCreateCommandQueue;
import static org.jocl.CL.clCreateContext;
import static org.jocl.CL.clFinish;
import static org.jocl.CL.clReleaseCommandQueue;
import static org.jocl.CL.clReleaseContext;
import static org.jocl.CL.clReleaseEvent;
import static org.jocl.CL.clWaitForEvents;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jocl.CLException;
import org.jocl.cl_command_queue;
import org.jocl.cl_context;
import org.jocl.cl_context_properties;
import org.jocl.cl_device_id;
import org.jocl.cl_event;
import org.oncilla.backend.BackendException;

/**
 * A context and its in-order queues. Every native call of this backend goes through {@link #call},
 * which refuses calls after {@link #close} (a released handle would end the JVM) and turns error
 * codes into {@link OpenClException}s.
 */
final class OpenClSession {
  private final OpenClDevice device;
  private final cl_context context;
  private final cl_command_queue queue;
  private final cl_command_queue sideQueue;
  private final ReadWriteLock lifecycle = new ReentrantReadWriteLock();
  private boolean closed;

  OpenClSession(OpenClDevice device) {
    this.device = device;
    cl_context_properties properties = new cl_context_properties();
    properties.addProperty(CL_CONTEXT_PLATFORM, device.platform());
    try {
      context = clCreateContext(properties, 1, new cl_device_id[] {device.id()}, null, null, null);
    } catch (CLException failure) {
      throw new OpenClException("open a context on " + device, failure);
    }
    queue = createQueueOrRelease(() -> {});
    sideQueue = createQueueOrRelease(() -> clReleaseCommandQueue(queue));
  }

  private cl_command_queue createQueueOrRelease(Runnable releaseOthers) {
    try {
      return createQueue();
    } catch (CLException failure) {
      releaseOthers.run();
      clReleaseContext(context);
      throw new OpenClException("create a queue on " + device, failure);
    }
  }

  // The call of OpenCL 2 is missing on 1.2 drivers, and 3.0 drivers still take this one.
  @SuppressWarnings("deprecation")
  private cl_command_queue createQueue() {
    return clCreateCommandQueue(context, device.id(), 0, null);
  }

  OpenClDevice device() {
    return device;
  }

  /** Valid only inside {@link #call}. */
  cl_context context() {
    return context;
  }

  /** Valid only inside {@link #call}. */
  cl_command_queue queue() {
    return queue;
  }

  /** A queue for what must not wait for kernels. Valid only inside {@link #call}. */
  cl_command_queue sideQueue() {
    return sideQueue;
  }

  /**
   * Makes native calls while the session is certainly open.
   *
   * @param doing completes "cannot …" in the message of a failure
   * @throws BackendException after close
   * @throws OpenClException with the name of the error code
   */
  <T> T call(String doing, Supplier<T> calls) {
    lifecycle.readLock().lock();
    try {
      requireOpen(doing);
      return calls.get();
    } catch (CLException failure) {
      throw new OpenClException(doing, failure);
    } finally {
      lifecycle.readLock().unlock();
    }
  }

  /** As {@link #call}, without a result. */
  void run(String doing, Runnable calls) {
    call(
        doing,
        () -> {
          calls.run();
          return null;
        });
  }

  private void requireOpen(String doing) {
    if (closed) {
      throw new BackendException(
          "cannot "
              + doing
              + ": backend opencl on "
              + device.info().name()
              + " was closed; open it again and make new tensors");
    }
  }

  /**
   * Makes a blocking call and waits for its event too. That the call blocks is not enough: in Mesa
   * 22.3's rusticl it returns early where another thread flushes the same queue at that moment.
   * Elsewhere the event is complete by then, and waiting costs nothing. Only inside {@link #call}.
   *
   * @param enqueue the blocking call, which fills in the event
   */
  static void await(Consumer<cl_event> enqueue) {
    cl_event done = new cl_event();
    enqueue.accept(done);
    try {
      clWaitForEvents(1, new cl_event[] {done});
    } finally {
      clReleaseEvent(done);
    }
  }

  /** Waits for everything enqueued so far. */
  void finish() {
    run("wait for the device", () -> clFinish(queue));
  }

  /**
   * Finishes the queue, lets the owner of other handles release them, and releases the rest. A
   * second call does nothing.
   */
  void close(Runnable releaseOthers) {
    lifecycle.writeLock().lock();
    try {
      if (closed) {
        return;
      }
      clFinish(sideQueue);
      clFinish(queue);
      releaseOthers.run();
      clReleaseCommandQueue(sideQueue);
      clReleaseCommandQueue(queue);
      clReleaseContext(context);
    } catch (CLException failure) {
      throw new OpenClException("close " + device, failure);
    } finally {
      closed = true;
      lifecycle.writeLock().unlock();
    }
  }
}
