package org.oncilla.cpu;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.BackendException;
import org.oncilla.backend.DType;
import org.oncilla.backend.DeviceBuffer;
import org.oncilla.backend.DeviceMemory;
import org.oncilla.backend.Span;

/**
 * Buffers are Java arrays, so that the capacity is most of the heap's: the rest is for what else
 * lives there, such as data sets, the operands that threads pack, and what a collector cannot fill.
 */
final class CpuMemory implements DeviceMemory {
  /** The longest array that every JVM can make. */
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  @Override
  public DeviceBuffer allocate(DType type, int length) {
    if (type == DType.FLOAT64) {
      throw new BackendException(
          "the cpu backend holds FLOAT32 and INT32, not FLOAT64; only the reference backend does");
    }
    try {
      DeviceBuffer buffer = new CpuBuffer(type, length);
      HeapReserve.require(buffer.bytes());
      return buffer;
    } catch (OutOfMemoryError full) {
      HeapReserve.giveUp();
      throw new BackendException(
          "the Java heap (-Xmx "
              + Runtime.getRuntime().maxMemory() / (1 << 20)
              + " MiB) has no room for "
              + (long) length * type.bytes()
              + " bytes; raise -Xmx",
          full);
    }
  }

  @Override
  public void free(DeviceBuffer buffer) {
    // The garbage collector takes the array once the pool has let go of it.
  }

  /**
   * Five sixths of the heap, of which the default memory budget, nine tenths, is three quarters.
   */
  @Override
  public long capacityBytes() {
    return Runtime.getRuntime().maxMemory() / 6 * 5;
  }

  @Override
  public long maxAllocationBytes() {
    return Math.min(Runtime.getRuntime().maxMemory(), (long) LONGEST_ARRAY * Float.BYTES);
  }

  @Override
  public void write(float[] from, int fromOffset, Span to) {
    ArgumentChecks.write(DType.FLOAT32, from, fromOffset, to);
    System.arraycopy(from, fromOffset, CpuBuffer.floats(to), to.offset(), to.length());
  }

  @Override
  public void write(int[] from, int fromOffset, Span to) {
    ArgumentChecks.write(DType.INT32, from, fromOffset, to);
    System.arraycopy(from, fromOffset, CpuBuffer.ints(to), to.offset(), to.length());
  }

  @Override
  public void read(Span from, float[] to, int toOffset) {
    ArgumentChecks.read(DType.FLOAT32, from, to, toOffset);
    System.arraycopy(CpuBuffer.floats(from), from.offset(), to, toOffset, from.length());
  }

  @Override
  public void read(Span from, int[] to, int toOffset) {
    ArgumentChecks.read(DType.INT32, from, to, toOffset);
    System.arraycopy(CpuBuffer.ints(from), from.offset(), to, toOffset, from.length());
  }

  @Override
  public void write(double[] from, int fromOffset, Span to) {
    ArgumentChecks.write(DType.FLOAT32, from, fromOffset, to);
    float[] values = CpuBuffer.floats(to);
    for (int i = 0; i < to.length(); i++) {
      values[to.offset() + i] = (float) from[fromOffset + i];
    }
  }

  @Override
  public void read(Span from, double[] to, int toOffset) {
    ArgumentChecks.read(DType.FLOAT32, from, to, toOffset);
    float[] values = CpuBuffer.floats(from);
    for (int i = 0; i < from.length(); i++) {
      to[toOffset + i] = values[from.offset() + i];
    }
  }
}
