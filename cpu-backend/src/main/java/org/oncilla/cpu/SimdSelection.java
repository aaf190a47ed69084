package org.oncilla.cpu;

import java.lang.reflect.InvocationTargetException;
import org.oncilla.backend.BackendException;
import org.oncilla.cpu.CpuSettings.VectorUse;
import org.oncilla.cpu.simd.FusedMultiplyAdd;
import org.oncilla.cpu.simd.ScalarSimd;
import org.oncilla.cpu.simd.Simd;

/**
 * Which implementation of the inner loops a backend uses, and why.
 *
 * @param simd the implementation
 * @param reason one line for the log
 */
record SimdSelection(Simd simd, String reason) {
  static final String MODULE = "jdk.incubator.vector";

  private static final String ADD_MODULE = "--add-modules " + MODULE;
  private static final String IMPLEMENTATION = "org.oncilla.cpu.vector.VectorSimd";

  /**
   * Chooses.
   *
   * @throws BackendException if the Vector API is demanded and not to be had
   */
  static SimdSelection choose(VectorUse use) {
    if (use == VectorUse.OFF) {
      return scalar("-D" + CpuSettings.VECTOR_PROPERTY + "=off");
    }
    String obstacle = obstacle();
    if (obstacle == null) {
      Simd simd = load();
      return new SimdSelection(simd, simd.description());
    }
    if (use == VectorUse.ON) {
      throw new BackendException(
          "-D"
              + CpuSettings.VECTOR_PROPERTY
              + "=on, but the Vector API is not usable: "
              + obstacle);
    }
    return scalar(obstacle);
  }

  private static SimdSelection scalar(String why) {
    Simd simd = ScalarSimd.create();
    return new SimdSelection(simd, simd.description() + ": " + why);
  }

  /** Why the Vector API is not usable and what to do; null where it is. */
  private static String obstacle() {
    if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
      return "for several times the speed start Java with " + ADD_MODULE;
    }
    if (!FusedMultiplyAdd.AVAILABLE) {
      return "this JVM has no fused multiply-add instruction (see -XX:+UseFMA)";
    }
    return null;
  }

  private static Simd load() {
    try {
      return (Simd) Class.forName(IMPLEMENTATION).getMethod("create").invoke(null);
    } catch (InvocationTargetException failure) {
      throw new BackendException(
          "the Vector API implementation does not start ("
              + failure.getCause()
              + "); -D"
              + CpuSettings.VECTOR_PROPERTY
              + "=off does without it",
          failure.getCause());
    } catch (ReflectiveOperationException incomplete) {
      throw new BackendException(
          "oncilla-cpu is incomplete: " + IMPLEMENTATION + " is missing", incomplete);
    }
  }
}
