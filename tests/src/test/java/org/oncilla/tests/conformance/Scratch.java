package org.oncilla.tests.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oncilla.backend.Backend;
import org.oncilla.backend.DType;
import org.oncilla.backend.DeviceBuffer;
import org.oncilla.backend.Span;

/** Buffers that go back to the pool at the end of a test. */
final class Scratch implements AutoCloseable {
  private final Backend backend;
  private final List<DeviceBuffer> buffers = new ArrayList<>();

  Scratch(Backend backend) {
    this.backend = backend;
  }

  /** A span of {@code length} values, all 0.5. */
  Span values(int length) {
    Span span = span(backend.floatType(), length);
    float[] values = new float[length];
    Arrays.fill(values, 0.5f);
    backend.memory().write(values, 0, span);
    return span;
  }

  /** A span of {@code length} indices, all 0. */
  Span indices(int length) {
    Span span = span(DType.INT32, length);
    backend.memory().write(new int[length], 0, span);
    return span;
  }

  /** What a span of values holds. */
  float[] read(Span span) {
    float[] values = new float[span.length()];
    backend.memory().read(span, values, 0);
    return values;
  }

  private Span span(DType type, int length) {
    DeviceBuffer buffer = backend.pool().acquire(type, length, "scratch");
    buffers.add(buffer);
    return new Span(buffer, 0, length);
  }

  @Override
  public void close() {
    buffers.forEach(backend.pool()::release);
  }
}
