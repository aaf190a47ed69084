package org.oncilla.opencl;

import static org.jocl.CL.clEnqueueNDRangeKernel;

import java.util.ArrayList;
import java.util.List;
import org.oncilla.backend.Span;

/**
 * Sets arguments and enqueues kernels, one caller at a time: two threads that set arguments of one
 * {@code cl_kernel} end the JVM.
 */
final class OpenClLauncher {
  private final OpenClSession session;
  private final Object lock = new Object();

  OpenClLauncher(OpenClSession session) {
    this.session = session;
  }

  /** Begins a launch; arguments follow in the kernel's order. */
  Launch launch(String operation, OpenClKernel kernel) {
    return new Launch(operation, kernel);
  }

  /** A kernel's arguments, collected, and then its launch. */
  final class Launch {
    private final String operation;
    private final OpenClKernel kernel;
    private final List<Object> arguments = new ArrayList<>();

    private Launch(String operation, OpenClKernel kernel) {
      this.operation = operation;
      this.kernel = kernel;
    }

    /** Two arguments: a buffer and the index of the span's first element. */
    Launch span(Span span) {
      arguments.add(OpenClBuffer.of(session, operation, span));
      arguments.add(new int[] {span.offset()});
      return this;
    }

    /** One int, or a struct of ints. */
    Launch ints(int... values) {
      arguments.add(values);
      return this;
    }

    /** One int, 0 or 1. */
    Launch flag(boolean value) {
      return ints(value ? 1 : 0);
    }

    /** One float. */
    Launch number(double value) {
      arguments.add((float) value);
      return this;
    }

    /**
     * Enqueues the kernel.
     *
     * @param items work-items needed; padded to whole groups
     * @param group work-items of a group
     */
    void enqueue(long items, int group) {
      checkLimits(group);
      long[] global = {(items + group - 1) / group * group};
      long[] local = {group};
      session.run(
          "run kernel " + kernel.name() + " for " + operation,
          () -> {
            List<OpenClBuffer> used = new ArrayList<>();
            try {
              synchronized (lock) {
                setArguments(used);
                clEnqueueNDRangeKernel(
                    session.queue(), kernel.handle(), 1, null, global, local, 0, null, null);
              }
            } finally {
              used.forEach(OpenClBuffer::endUse);
            }
          });
    }

    private void setArguments(List<OpenClBuffer> used) {
      for (int index = 0; index < arguments.size(); index++) {
        Object argument = arguments.get(index);
        if (argument instanceof OpenClBuffer buffer) {
          argument = buffer.beginUse(operation);
          used.add(buffer);
        }
        kernel.set(index, argument);
      }
    }

    /** As {@link #enqueue}, with the preferred group cut down to what the kernel allows. */
    void enqueueFlexibly(long items, int preferredGroup) {
      enqueue(items, Math.max(1, Math.min(preferredGroup, kernel.largestGroup())));
    }

    /**
     * Enqueues whole groups of work-items that share lines.
     *
     * @param lines lines to combine
     * @param lanes work-items of a line, a divisor of the group
     * @param group work-items of a group
     */
    void enqueueLines(int lines, int lanes, int group) {
      int linesPerGroup = group / lanes;
      long groups = (lines - 1) / linesPerGroup + 1L;
      enqueue(groups * group, group);
    }

    private void checkLimits(int group) {
      OpenClDevice.Limits limits = session.device().limits();
      if (group > limits.workGroup() || group > kernel.largestGroup()) {
        throw new IllegalStateException(
            operation
                + ": kernel "
                + kernel.name()
                + " was to run in groups of "
                + group
                + ", but the device allows "
                + Math.min(limits.workGroup(), kernel.largestGroup()));
      }
      if (kernel.localBytes() > limits.localBytes()) {
        throw new IllegalStateException(
            operation
                + ": kernel "
                + kernel.name()
                + " needs "
                + kernel.localBytes()
                + " bytes of local memory, but the device has "
                + limits.localBytes());
      }
    }
  }
}
