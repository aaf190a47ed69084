package org.oncilla.tests.reference;

import java.util.Objects;
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
    Objects.checkFromIndexSize(fromOffset, to.length(), from.length);
    Values target = Values.of("write", "to", to, to.length());
    for (int i = 0; i < to.length(); i++) {
      target.set(i, from[fromOffset + i]);
    }
  }

  @Override
  public void write(double[] from, int fromOffset, Span to) {
    Objects.checkFromIndexSize(fromOffset, to.length(), from.length);
    Values target = Values.of("write", "to", to, to.length());
    for (int i = 0; i < to.length(); i++) {
      target.set(i, from[fromOffset + i]);
    }
  }

  @Override
  public void write(int[] from, int fromOffset, Span to) {
    Objects.checkFromIndexSize(fromOffset, to.length(), from.length);
    Indices target = Indices.of("write", "to", to, to.length());
    for (int i = 0; i < to.length(); i++) {
      target.set(i, from[fromOffset + i]);
    }
  }

  @Override
  public void read(Span from, float[] to, int toOffset) {
    Objects.checkFromIndexSize(toOffset, from.length(), to.length);
    Values source = Values.of("read", "from", from, from.length());
    for (int i = 0; i < from.length(); i++) {
      to[toOffset + i] = (float) source.get(i);
    }
  }

  @Override
  public void read(Span from, double[] to, int toOffset) {
    Objects.checkFromIndexSize(toOffset, from.length(), to.length);
    Values source = Values.of("read", "from", from, from.length());
    for (int i = 0; i < from.length(); i++) {
      to[toOffset + i] = source.get(i);
    }
  }

  @Override
  public void read(Span from, int[] to, int toOffset) {
    Objects.checkFromIndexSize(toOffset, from.length(), to.length);
    Indices source = Indices.of("read", "from", from, from.length());
    for (int i = 0; i < from.length(); i++) {
      to[toOffset + i] = source.get(i);
    }
  }
}
