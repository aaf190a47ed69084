package org.oncilla.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "-1, -1",
    "0.7, 0.7",
    "5e-4, 0.0005",
    "1e-5, 0.00001",
    "9.9e-6, 9.9e-6",
    "123456, 123456",
    "1e5, 100000",
    "1e6, 1e6",
    "1e9, 1e9",
    "1e30, 1e30",
    "-2.5e-8, -2.5e-8",
    "0.1, 0.1",
    "NaN, NaN",
    "Infinity, Infinity",
  })
  void areWrittenAsPeopleDo(double number, String expected) {
    assertThat(Numbers.text(number)).isEqualTo(expected);
    if (Double.isFinite(number)) {
      assertThat(Double.parseDouble(Numbers.text(number))).isEqualTo(number == 0 ? 0 : number);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.02450000000000001, 0.0245", "0.013999999999999999, 0.014", "0.33333, 0.3333",
    "9.99999e-6, 0.00001", "123456, 123500", "0, 0",
  })
  void computedOnesAreRounded(double number, String expected) {
    assertThat(Numbers.rounded(number)).isEqualTo(expected);
  }
}
