package org.oncilla.cpu.simd;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * a·b + c with one rounding where the processor does it in one instruction. {@link Math#fma}
 * without such an instruction goes through BigDecimal, thousands of times slower; there two
 * roundings do.
 */
public final class FusedMultiplyAdd {
  /** Whether the JVM turns {@link Math#fma} into an instruction. */
  public static final boolean AVAILABLE = probe();

  private FusedMultiplyAdd() {}

  /** a·b + c. */
  public static float fma(float a, float b, float c) {
    return AVAILABLE ? Math.fma(a, b, c) : a * b + c;
  }

  private static boolean probe() {
    HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    if (vm == null) {
      return false;
    }
    try {
      return Boolean.parseBoolean(vm.getVMOption("UseFMA").getValue());
    } catch (IllegalArgumentException unknownOption) {
      return false; // not HotSpot's C2: assume the slow case
    }
  }
}
