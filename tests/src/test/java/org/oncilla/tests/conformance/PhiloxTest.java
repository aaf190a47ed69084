package org.oncilla.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oncilla.random.Philox;

/** The generator against the known answers that Random123 publishes for philox4x32 of 10 rounds. */
class PhiloxTest {
  @ParameterizedTest
  @CsvSource({
    // key (low word last), counter words 3 2 and 1 0, answer words 0 to 3
    "0000000000000000, 0000000000000000, 0000000000000000, 6627e8d5, e169c58d, bc57ac4c, 9b00dbd8",
    "ffffffffffffffff, ffffffffffffffff, ffffffffffffffff, 408f276d, 41c83b0e, a20bc7c6, 6d5451fd",
    "299f31d0a4093822, 0370734413198a2e, 85a308d3243f6a88, d16cfe09, 94fdcceb, 5001e420, 24126ea1"
  })
  void knownAnswers(
      String key, String high, String low, String w0, String w1, String w2, String w3) {
    int[] out = new int[6];
    Philox.block(hex(key), hex(high), hex(low), out, 1);
    assertThat(out)
        .containsExactly(0, (int) hex(w0), (int) hex(w1), (int) hex(w2), (int) hex(w3), 0);
  }

  @Test
  void uniformTakesTheUpper24Bits() {
    assertThat(Philox.uniform(0)).isZero();
    assertThat(Philox.uniform(0xff)).isZero();
    assertThat(Philox.uniform(0x100)).isEqualTo(0x1p-24f);
    assertThat(Philox.uniform(0x80000000)).isEqualTo(0.5f);
    assertThat(Philox.uniform(-1)).isEqualTo(1 - 0x1p-24f).isLessThan(1);
  }

  private static long hex(String digits) {
    return Long.parseUnsignedLong(digits, 16);
  }
}
