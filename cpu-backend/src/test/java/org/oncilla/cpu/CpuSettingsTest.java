package org.oncilla.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oncilla.cpu.CpuSettings.VectorUse;

class CpuSettingsTest {
  @Test
  void oneThreadACoreUnlessAskedOtherwise() {
    assertThat(CpuSettings.parseThreads(null))
        .isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(CpuSettings.parseThreads(" 3 ")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "1025", "two", ""})
  void threadsMustBeANumber(String text) {
    assertThatThrownBy(() -> CpuSettings.parseThreads(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "-Doncilla.cpu.threads="
                + text
                + " is not a number of threads; give 1 to 1024, or leave it out for one a core");
  }

  @Test
  void vectorIsOneOfThreeWords() {
    assertThat(CpuSettings.parseVector("auto")).isEqualTo(VectorUse.AUTO);
    assertThat(CpuSettings.parseVector("on")).isEqualTo(VectorUse.ON);
    assertThat(CpuSettings.parseVector("off")).isEqualTo(VectorUse.OFF);
    assertThatThrownBy(() -> CpuSettings.parseVector("yes"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("-Doncilla.cpu.vector=yes is unknown; the choices are auto, on, off");
  }
}
