package org.oncilla.backend;

import java.util.ArrayList;
import java.util.List;

/** Memory that only counts, and refuses when it is told to. */
final class CountingMemory implements DeviceMemory {
  static final long CAPACITY = 1 << 30;

  final List<DeviceBuffer> allocated = new ArrayList<>();
  final List<DeviceBuffer> freed = new ArrayList<>();
  long maxAllocationBytes = CAPACITY;
  int refusals;

  private static final class Block extends DeviceBuffer {
    Block(DType type, int capacity) {
      super(type, capacity);
    }
  }

  @Override
  public DeviceBuffer allocate(DType type, int length) {
    if (refusals > 0) {
      refusals--;
      throw new BackendException("no room");
    }
    DeviceBuffer block = new Block(type, length);
    allocated.add(block);
    return block;
  }

  @Override
  public void free(DeviceBuffer buffer) {
    freed.add(buffer);
  }

  @Override
  public long capacityBytes() {
    return CAPACITY;
  }

  @Override
  public long maxAllocationBytes() {
    return maxAllocationBytes;
  }

  @Override
  public void write(float[] from, int fromOffset, Span to) {
    throw new UnsupportedOperationException("this memory holds nothing");
  }

  @Override
  public void write(int[] from, int fromOffset, Span to) {
    throw new UnsupportedOperationException("this memory holds nothing");
  }

  @Override
  public void read(Span from, float[] to, int toOffset) {
    throw new UnsupportedOperationException("this memory holds nothing");
  }

  @Override
  public void read(Span from, int[] to, int toOffset) {
    throw new UnsupportedOperationException("this memory holds nothing");
  }
}
