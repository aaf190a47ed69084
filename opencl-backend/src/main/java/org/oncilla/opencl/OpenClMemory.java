package org.oncilla.opencl;

import static org.jocl.CL.CL_MEM_READ_WRITE;
import static org.jocl.CL.clCreateBuffer;
import static org.jocl.CL.clEnqueueReadBuffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jocl.Pointer;
import org.jocl.cl_mem;
import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.BackendException;
import org.oncilla.backend.DType;
import org.oncilla.backend.DeviceBuffer;
import org.oncilla.backend.DeviceMemory;
import org.oncilla.backend.Span;

/**
 * Device memory and transfers.
 *
 * <p>Reads wait, and go through direct buffers: with a heap array they would hold off the garbage
 * collector for as long as they wait for the queue, and every other thread with it. Writes do not
 * wait, see {@link OpenClUploads}.
 */
final class OpenClMemory implements DeviceMemory {
  private static final int STAGING_BYTES = 4 << 20;
  private static final int STAGING_KEPT = 4;

  private final OpenClSession session;
  private final OpenClUploads uploads;
  private final Deque<ByteBuffer> staging = new ArrayDeque<>();
  private final Set<OpenClBuffer> allocated = ConcurrentHashMap.newKeySet();
  private long allocatedBytes;

  OpenClMemory(OpenClSession session) {
    this.session = session;
    uploads = new OpenClUploads(session);
  }

  @Override
  public DeviceBuffer allocate(DType type, int length) {
    if (type == DType.FLOAT64) {
      throw new IllegalArgumentException(
          "allocate: OpenCL devices hold FLOAT32 and INT32, not FLOAT64");
    }
    long bytes = (long) length * type.bytes();
    String doing = "allocate " + bytes + " bytes on " + session.device().info().name();
    if (length < 1) {
      throw new IllegalArgumentException("cannot " + doing);
    }
    reserve(doing, bytes);
    try {
      cl_mem handle =
          session.call(
              doing, () -> clCreateBuffer(session.context(), CL_MEM_READ_WRITE, bytes, null, null));
      OpenClBuffer buffer = new OpenClBuffer(session, type, length, handle);
      allocated.add(buffer);
      return buffer;
    } catch (RuntimeException refused) {
      unreserve(bytes);
      throw refused;
    }
  }

  /** Drivers accept more buffers than there is memory and fail later, or never: so we count. */
  private synchronized void reserve(String doing, long bytes) {
    if (bytes > maxAllocationBytes()) {
      throw new BackendException(
          "cannot " + doing + ": its largest single buffer is " + maxAllocationBytes() + " bytes");
    }
    if (allocatedBytes + bytes > capacityBytes()) {
      throw new BackendException(
          "cannot "
              + doing
              + ": "
              + allocatedBytes
              + " of its "
              + capacityBytes()
              + " bytes are taken");
    }
    allocatedBytes += bytes;
  }

  private synchronized void unreserve(long bytes) {
    allocatedBytes -= bytes;
  }

  @Override
  public void free(DeviceBuffer buffer) {
    if (!(buffer instanceof OpenClBuffer ours) || !allocated.remove(ours)) {
      throw new IllegalArgumentException(
          "free: a buffer of " + buffer.bytes() + " bytes was freed before or is another device's");
    }
    session.run("free a buffer", ours::free);
    unreserve(buffer.bytes());
  }

  /** Releases every buffer; the session is closing. */
  void release() {
    uploads.release();
    allocated.forEach(OpenClBuffer::free);
    allocated.clear();
    staging.clear();
  }

  @Override
  public long capacityBytes() {
    return session.device().limits().globalBytes();
  }

  @Override
  public long maxAllocationBytes() {
    return session.device().limits().allocationBytes();
  }

  @Override
  public void write(float[] from, int fromOffset, Span to) {
    ArgumentChecks.write(DType.FLOAT32, from, fromOffset, to);
    upload(to, (bytes, first, count) -> bytes.asFloatBuffer().put(from, fromOffset + first, count));
  }

  @Override
  public void write(int[] from, int fromOffset, Span to) {
    ArgumentChecks.write(DType.INT32, from, fromOffset, to);
    upload(to, (bytes, first, count) -> bytes.asIntBuffer().put(from, fromOffset + first, count));
  }

  @Override
  public void read(Span from, float[] to, int toOffset) {
    ArgumentChecks.read(DType.FLOAT32, from, to, toOffset);
    OpenClBuffer buffer = OpenClBuffer.of(session, "read", from);
    throughStaging(
        from,
        (bytes, first, count) -> {
          readBytes(buffer, from.offset() + first, count, bytes);
          bytes.asFloatBuffer().get(to, toOffset + first, count);
        });
  }

  @Override
  public void read(Span from, int[] to, int toOffset) {
    ArgumentChecks.read(DType.INT32, from, to, toOffset);
    OpenClBuffer buffer = OpenClBuffer.of(session, "read", from);
    throughStaging(
        from,
        (bytes, first, count) -> {
          readBytes(buffer, from.offset() + first, count, bytes);
          bytes.asIntBuffer().get(to, toOffset + first, count);
        });
  }

  @Override
  public void read(Span from, double[] to, int toOffset) {
    ArgumentChecks.read(DType.FLOAT32, from, to, toOffset);
    DeviceMemory.super.read(from, to, toOffset);
  }

  @Override
  public void write(double[] from, int fromOffset, Span to) {
    ArgumentChecks.write(DType.FLOAT32, from, fromOffset, to);
    DeviceMemory.super.write(from, fromOffset, to);
  }

  private void upload(Span to, Piece fill) {
    OpenClBuffer buffer = OpenClBuffer.of(session, "write", to);
    inPieces(
        to.length(),
        OpenClUploads.SLOT_BYTES / Float.BYTES,
        (first, count) ->
            transfer(
                "write " + count + " elements to the device",
                buffer,
                handle ->
                    uploads.upload(
                        handle,
                        (to.offset() + (long) first) * Float.BYTES,
                        (long) count * Float.BYTES,
                        bytes -> fill.move(bytes, first, count))));
  }

  private void readBytes(OpenClBuffer buffer, int first, int count, ByteBuffer bytes) {
    transfer(
        "read " + count + " elements from the device",
        buffer,
        handle ->
            OpenClSession.await(
                there ->
                    clEnqueueReadBuffer(
                        session.queue(),
                        handle,
                        true,
                        (long) first * Float.BYTES,
                        (long) count * Float.BYTES,
                        Pointer.to(bytes),
                        0,
                        null,
                        there)));
  }

  private void transfer(String doing, OpenClBuffer buffer, Consumer<cl_mem> transfer) {
    session.run(
        doing,
        () -> {
          cl_mem handle = buffer.beginUse(doing);
          try {
            transfer.accept(handle);
          } finally {
            buffer.endUse();
          }
        });
  }

  private interface Piece {
    void move(ByteBuffer bytes, int first, int count);
  }

  private void throughStaging(Span span, Piece piece) {
    ByteBuffer bytes = takeStaging();
    try {
      inPieces(
          span.length(),
          STAGING_BYTES / Float.BYTES,
          (first, count) -> piece.move(bytes, first, count));
    } finally {
      giveStaging(bytes);
    }
  }

  /** A range of elements. */
  interface Range {
    void move(int first, int count);
  }

  /** Cuts 0 … length−1 into ranges of {@code most} elements, the last one shorter. */
  static void inPieces(int length, int most, Range range) {
    int first = 0;
    while (first < length) {
      int count = Math.min(most, length - first);
      range.move(first, count);
      // Not by most: within most of the largest int, the sum would be negative.
      first += count;
    }
  }

  private ByteBuffer takeStaging() {
    synchronized (staging) {
      if (!staging.isEmpty()) {
        return staging.pop();
      }
    }
    return ByteBuffer.allocateDirect(STAGING_BYTES).order(ByteOrder.nativeOrder());
  }

  private void giveStaging(ByteBuffer bytes) {
    synchronized (staging) {
      if (staging.size() < STAGING_KEPT) {
        staging.push(bytes);
      }
    }
  }
}
