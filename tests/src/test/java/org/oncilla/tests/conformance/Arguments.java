package org.oncilla.tests.conformance;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.oncilla.backend.Backend;
import org.oncilla.backend.DType;
import org.oncilla.backend.DeviceBuffer;
import org.oncilla.backend.Span;

/** The arguments of a {@link KernelCall} in one backend's memory, with their guards. */
final class Arguments implements AutoCloseable {
  /** More than any work-group or tile, so that a write past the end hits a guard. */
  private static final int GUARD = 80;

  private final Backend backend;
  private final Map<String, KernelCall.Argument> arguments;
  private final Map<String, Span> spans = new LinkedHashMap<>();

  Arguments(Backend backend, Map<String, KernelCall.Argument> arguments) {
    this.backend = backend;
    this.arguments = arguments;
    arguments.forEach(this::place);
  }

  /** Where an argument lies. */
  Span span(String name) {
    Span span = spans.get(name);
    if (span == null) {
      throw new IllegalArgumentException("no argument called " + name);
    }
    return span;
  }

  /** Waits for the call and reads every buffer, guards included. */
  Results read() {
    Map<String, double[]> contents = new LinkedHashMap<>();
    spans.forEach((name, span) -> contents.put(name, read(whole(span.buffer()))));
    return new Results(arguments, contents);
  }

  @Override
  public void close() {
    spans.values().forEach(span -> backend.pool().release(span.buffer()));
    spans.clear();
  }

  private void place(String name, KernelCall.Argument argument) {
    DType type = argument.type() == DType.INT32 ? DType.INT32 : backend.floatType();
    int length = argument.values().length;
    DeviceBuffer buffer =
        backend.pool().acquire(type, argument.offset() + length + GUARD, "conformance " + name);
    spans.put(name, new Span(buffer, argument.offset(), length));
    write(Results.surround(argument, buffer.capacity()), whole(buffer));
  }

  private static Span whole(DeviceBuffer buffer) {
    return new Span(buffer, 0, buffer.capacity());
  }

  private void write(double[] contents, Span to) {
    if (to.type() == DType.INT32) {
      int[] indices = Arrays.stream(contents).mapToInt(value -> (int) value).toArray();
      backend.memory().write(indices, 0, to);
    } else {
      backend.memory().write(contents, 0, to);
    }
  }

  private double[] read(Span from) {
    double[] contents = new double[from.length()];
    if (from.type() == DType.INT32) {
      int[] indices = new int[from.length()];
      backend.memory().read(from, indices, 0);
      Arrays.setAll(contents, i -> indices[i]);
    } else {
      backend.memory().read(from, contents, 0);
    }
    return contents;
  }
}
