package org.oncilla.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenClMemoryTest {
  /** What no machine of the tests has a buffer for: lengths up to the largest there is. */
  @ParameterizedTest
  @CsvSource({
    "0, 4",
    "1, 4",
    "4, 4",
    "5, 4",
    "2147483647, 524288",
    "2147483647, 1048576",
    "2147483136, 524288",
    "2147483647, 2147483647"
  })
  void piecesCoverALengthOnceAndInOrder(int length, int most) {
    long[] end = {0};
    OpenClMemory.inPieces(
        length,
        most,
        (first, count) -> {
          assertThat((long) first).isEqualTo(end[0]);
          assertThat(count).isBetween(1, most);
          end[0] += count;
          assertThat(end[0] == length || count == most).isTrue();
        });
    assertThat(end[0]).isEqualTo(length);
  }
}
