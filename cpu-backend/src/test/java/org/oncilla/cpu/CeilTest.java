package org.oncilla.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CeilTest {
  /** The definition: enough steps of b reach a, and one less does not. */
  @Property
  void divisionRoundsUp(@ForAll @IntRange(min = 0) int a, @ForAll @IntRange(min = 1) int b) {
    long steps = Ceil.div(a, b);
    assertThat(steps * b).isGreaterThanOrEqualTo(a);
    assertThat((steps - 1) * b).isLessThan(a);
  }

  @Test
  void theLargestIntIsDividedToo() {
    assertThat(Ceil.div(Integer.MAX_VALUE, 16)).isEqualTo(1 << 27);
    assertThat(Ceil.div(Integer.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(1);
    assertThat(Ceil.div(1, Integer.MAX_VALUE)).isEqualTo(1);
    assertThat(Ceil.div(0, Integer.MAX_VALUE)).isZero();
  }

  @Test
  void multiplesAreNotLess() {
    assertThat(Ceil.multiple(0, 8)).isZero();
    assertThat(Ceil.multiple(8, 8)).isEqualTo(8);
    assertThat(Ceil.multiple(9, 8)).isEqualTo(16);
    assertThat(Ceil.multiple(Integer.MAX_VALUE - 7, 8)).isEqualTo(Integer.MAX_VALUE - 7);
    assertThatThrownBy(() -> Ceil.multiple(Integer.MAX_VALUE, 8))
        .isInstanceOf(ArithmeticException.class);
  }
}
