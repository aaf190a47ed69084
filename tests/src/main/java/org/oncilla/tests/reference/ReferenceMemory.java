package org.oncilla.tests.reference;

import org.oncilla.backend.ArgumentChecks;
import org.oncilla.backend.DType;
import org.oncilla.backend.DeviceBuffer;
import org.oncilla.backend.DeviceMemory;
import org.oncilla.backend.Span;

/** Java arrays as device memory. */
final class ReferenceMemory implements DeviceMemory {
  @Override
  public DeviceBuffer allocate(DType type, int length) {
    if (type == DType.FLOAT32) {
      throw new IllegalArgumentException(
          "allocate: the reference backend holds FLOAT64 and INT32, not FLOAT32");
    }
    return new ReferenceBuffer(type, length);
  }

  @Override
  public void free(DeviceBuffer buffer) {
    ReferenceBuffer.of(buffer).dispose();
  }

  @Override
  public long capacityBytes() {
    return Runtime.getRuntime().maxMemory();
  }

  @Override
  public long maxAllocationBytes() {
    return capacityBytes();
  }

  @Override
  public void write(float[] from, int fromOffset, Span to) {
    ArgumentChecks.write(DType.FLOAT64, from, fromOffset, to);
    Values target = Values.of(to);
    for (int i = 0; i < to.length(); i++) {
      target.set(i, from[fromOffset + i]);
    }
  }

  @Override
  public void write(double[] from, int fromOffset, Span to) {
    ArgumentChecks.write(DType.FLOAT64, from, fromOffset, to);
    Values target = Values.of(to);
    for (int i = 0; i < to.length(); i++) {
      target.set(i, from[fromOffset + i]);
    }
  }

  @Override
  public void write(int[] from, int fromOffset, Span to) {
    ArgumentChecks.write(DType.INT32, from, fromOffset, to);
    Indices target = Indices.of(to);
    for (int i = 0; i < to.length(); i++) {
      target.set(i, from[fromOffset + i]);
    }
  }

  @Override
  public void read(Span from, float[] to, int toOffset) {
    ArgumentChecks.read(DType.FLOAT64, from, to, toOffset);
    Values source = Values.of(from);
    for (int i = 0; i < from.length(); i++) {
      to[toOffset + i] = (float) source.get(i);
    }
  }

  @Override
  public void read(Span from, double[] to, int toOffset) {
    ArgumentChecks.read(DType.FLOAT64, from, to, toOffset);
    Values source = Values.of(from);
    for (int i = 0; i < from.length(); i++) {
      to[toOffset + i] = source.get(i);
    }
  }

  @Override
  public void read(Span from, int[] to, int toOffset) {
    ArgumentChecks.read(DType.INT32, from, to, toOffset);
    Indices source = Indices.of(from);
    for (int i = 0; i < from.length(); i++) {
      to[toOffset + i] = source.get(i);
    }
  }
}
