package org.oncilla.tests.conformance;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.oncilla.backend.Backend;
import org.oncilla.backend.DType;
import org.oncilla.tests.reference.ReferenceBackend;

/**
 * One call of one kernel with its arguments as host arrays, to be run on any backend. Every
 * argument gets a buffer of its own and lies at some offset in it; the elements around it are
 * guards: NaN beside what is only read, so that a value from there spoils the result, and finite
 * values beside what is written, which must be unchanged afterwards.
 */
final class KernelCall {
  /** The call itself. */
  interface Body {
    void run(Backend backend, Arguments arguments);
  }

  /**
   * One argument.
   *
   * @param type FLOAT32 stands for the backend's type of values
   * @param values before the call; integers are exact in double precision
   * @param tolerance null for what must not change
   * @param offset elements in front of it in its buffer
   */
  record Argument(DType type, double[] values, Tolerance tolerance, int offset) {
    boolean isWritten() {
      return tolerance != null;
    }
  }

  private static final int[] OFFSETS = {0, 0, 1, 3, 4, 8, 13, 16, 33, 64};

  private final String description;
  private final Map<String, Argument> arguments = new LinkedHashMap<>();
  private final SplittableRandom placement;
  private Body body;

  private KernelCall(String description) {
    this.description = description;
    placement = new SplittableRandom(description.hashCode());
  }

  /** A call described by all its shapes and options. */
  static KernelCall of(String description) {
    return new KernelCall(description);
  }

  /** Values that are read. */
  KernelCall input(String name, float[] values) {
    return add(name, DType.FLOAT32, widen(values), null);
  }

  /** Indices that are read. */
  KernelCall input(String name, int[] indices) {
    return add(name, DType.INT32, widen(indices), null);
  }

  /** Values that are written without being read: they hold NaN before. */
  KernelCall output(String name, int length, Tolerance tolerance) {
    double[] undefined = new double[length];
    Arrays.fill(undefined, Double.NaN);
    return add(name, DType.FLOAT32, undefined, tolerance);
  }

  /** Indices that are written without being read. */
  KernelCall indexOutput(String name, int length) {
    double[] undefined = new double[length];
    Arrays.fill(undefined, Integer.MIN_VALUE);
    return add(name, DType.INT32, undefined, Tolerance.EXACT);
  }

  /** Values that are read and written, or written in part. */
  KernelCall updated(String name, float[] before, Tolerance tolerance) {
    return add(name, DType.FLOAT32, widen(before), tolerance);
  }

  /** Indices that are written in part. */
  KernelCall updated(String name, int[] before) {
    return add(name, DType.INT32, widen(before), Tolerance.EXACT);
  }

  /** An output that is added to {@code before} where {@code accumulate}, else undefined before. */
  KernelCall result(String name, boolean accumulate, float[] before, Tolerance tolerance) {
    return accumulate ? updated(name, before, tolerance) : output(name, before.length, tolerance);
  }

  KernelCall run(Body call) {
    body = call;
    return this;
  }

  /** Runs the call on fresh buffers and gives them back. */
  Results on(Backend backend) {
    try (Arguments placed = new Arguments(backend, arguments)) {
      body.run(backend, placed);
      return placed.read();
    }
  }

  /** What the reference makes of an output: the judge's values. */
  double[] expected(String output) {
    return valuesOnReference(arguments, output);
  }

  /**
   * What the reference makes of an output when every value is replaced by its absolute value: for a
   * sum of products, Σ|term|.
   */
  double[] magnitudes(String output) {
    Map<String, Argument> absolute = new LinkedHashMap<>();
    arguments.forEach(
        (name, argument) -> {
          double[] values = Arrays.stream(argument.values()).map(Math::abs).toArray();
          boolean isIndex = argument.type() == DType.INT32;
          absolute.put(
              name,
              isIndex
                  ? argument
                  : new Argument(argument.type(), values, argument.tolerance(), argument.offset()));
        });
    return valuesOnReference(absolute, output);
  }

  String description() {
    return description;
  }

  Map<String, Argument> arguments() {
    return arguments;
  }

  private double[] valuesOnReference(Map<String, Argument> given, String output) {
    try (ReferenceBackend reference = new ReferenceBackend();
        Arguments placed = new Arguments(reference, given)) {
      body.run(reference, placed);
      return placed.read().values(output);
    }
  }

  private KernelCall add(String name, DType type, double[] values, Tolerance tolerance) {
    int offset = OFFSETS[placement.nextInt(OFFSETS.length)];
    if (arguments.put(name, new Argument(type, values, tolerance, offset)) != null) {
      throw new IllegalArgumentException("two arguments called " + name);
    }
    return this;
  }

  private static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      wide[i] = values[i];
    }
    return wide;
  }

  private static double[] widen(int[] indices) {
    return Arrays.stream(indices).asDoubleStream().toArray();
  }
}
