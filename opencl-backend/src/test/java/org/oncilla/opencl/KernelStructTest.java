package org.oncilla.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KernelStructTest {
  /** What common.cl does with a Divisor, in 32-bit arithmetic. */
  private static int divide(int n, int[] divisor) {
    long high = ((n & 0xFFFFFFFFL) * (divisor[1] & 0xFFFFFFFFL)) >>> 32;
    return ((int) high + n) >>> divisor[2];
  }

  @Property(tries = 5000)
  void divisionByMultiplicationIsDivision(
      @ForAll @IntRange(min = 0) int n, @ForAll @IntRange(min = 1) int d) {
    assertThat(divide(n, KernelStruct.divisorOf(d))).isEqualTo(n / d);
  }

  @Property(tries = 5000)
  void divisionIsExactAroundMultiples(
      @ForAll @IntRange(min = 1, max = 70_000) int d, @ForAll @IntRange(min = 1) int n) {
    int multiple = n / d * d;
    int[] divisor = KernelStruct.divisorOf(d);
    assertThat(divide(multiple, divisor)).isEqualTo(multiple / d);
    assertThat(divide(Math.max(0, multiple - 1), divisor)).isEqualTo(Math.max(0, multiple - 1) / d);
  }

  @Test
  void divisionOfTheLargestNumbers() {
    for (int d : new int[] {1, 2, 3, 7, 1 << 30, Integer.MAX_VALUE - 1, Integer.MAX_VALUE}) {
      assertThat(divide(Integer.MAX_VALUE, KernelStruct.divisorOf(d)))
          .as("divided by %d", d)
          .isEqualTo(Integer.MAX_VALUE / d);
    }
  }

  @Test
  void fieldsStandInTheOrderTheyWereAppended() {
    KernelStruct struct = new KernelStruct().ints(1, 2).flag(true).divisor(4).ints(new int[20]);
    assertThat(struct.toArray()).hasSize(26).startsWith(1, 2, 1, 4, 1, 2, 0);
  }
}
