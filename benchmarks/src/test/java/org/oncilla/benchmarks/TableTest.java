package org.oncilla.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {
  private final Table table = new Table(List.of("name", "ms"));

  @Test
  void alignsText() {
    table.add(List.of("a", "12.5"));
    table.add(List.of("longer", "1"));
    assertThat(table.text()).isEqualTo("name      ms\na       12.5\nlonger     1\n");
  }

  @Test
  void isMarkdown() {
    table.add(List.of("a", "12.5"));
    assertThat(table.markdown()).isEqualTo("| name | ms |\n|---|---:|\n| a | 12.5 |\n");
  }

  @Test
  void rowsHaveAllColumns() {
    assertThatThrownBy(() -> table.add(List.of("a")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row of 1 cells in a table of 2 columns");
  }

  @Test
  void numbersHaveThreeDigits() {
    assertThat(Report.digits(1234.56)).isEqualTo("1235");
    assertThat(Report.digits(12.345)).isEqualTo("12.3");
    assertThat(Report.digits(1.2345)).isEqualTo("1.23");
    assertThat(Report.digits(0.12345)).isEqualTo("0.123");
    assertThat(Report.digits(0.012345)).isEqualTo("0.0123");
  }
}
