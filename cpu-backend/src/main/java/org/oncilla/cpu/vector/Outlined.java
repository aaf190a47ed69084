package org.oncilla.cpu.vector;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Calls of loops that the JIT compiles each on its own.
 *
 * <p>Some thirty vector operations make 18,000 nodes of the compiler's graph, and JDK 17 puts
 * vectors on the heap that come after that many ({@code NodeCountInliningCutoff}). A loop with an
 * exponential stays below, but not two in one compilation: inlined into the switch that chooses
 * among them, they made each other ten times slower, some minutes into a training. Only what is
 * reached through a handle that is no constant is never inlined.
 */
final class Outlined {
  /** Computes n elements of y from x, n being whole registers. */
  @FunctionalInterface
  interface Unary {
    void run(float[] x, int xo, float[] y, int yo, int n);
  }

  /** Computes n elements of out from a and b, n being whole registers. */
  @FunctionalInterface
  interface Binary {
    void run(float[] a, int ao, float[] b, int bo, float[] out, int oo, int n);
  }

  /** Elements of arrays are no constants to the JIT, as final fields are. */
  private static final MethodHandle[] HANDLES = {
    handle(Unary.class, float[].class, int.class, float[].class, int.class, int.class),
    handle(
        Binary.class,
        float[].class,
        int.class,
        float[].class,
        int.class,
        float[].class,
        int.class,
        int.class)
  };

  private Outlined() {}

  private static MethodHandle handle(Class<?> loop, Class<?>... parameters) {
    try {
      MethodType type = MethodType.methodType(void.class, parameters);
      return MethodHandles.lookup().findVirtual(loop, "run", type);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError("the loops of " + loop.getName(), impossible);
    }
  }

  static void run(Unary loop, float[] x, int xo, float[] y, int yo, int n) {
    try {
      HANDLES[0].invokeExact(loop, x, xo, y, yo, n);
    } catch (Throwable failure) {
      throw unchecked(failure);
    }
  }

  static void run(Binary loop, float[] a, int ao, float[] b, int bo, float[] out, int oo, int n) {
    try {
      HANDLES[1].invokeExact(loop, a, ao, b, bo, out, oo, n);
    } catch (Throwable failure) {
      throw unchecked(failure);
    }
  }

  /** Loops throw nothing that is checked. */
  private static RuntimeException unchecked(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }
}
