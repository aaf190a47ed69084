package org.oncilla.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorNameTest {
  @TempDir Path folder;

  @Test
  void readsWhatLinuxTells() throws IOException {
    Path file = folder.resolve("cpuinfo");
    Files.writeString(file, "processor\t: 0\nmodel\t\t: 17\nmodel name\t: Some CPU @ 2 GHz\n");
    assertThat(ProcessorName.from(file)).isEqualTo("Some CPU @ 2 GHz");
  }

  @Test
  void namesTheArchitectureWhereTheSystemIsSilent() throws IOException {
    String architecture = System.getProperty("os.arch") + " processor";
    assertThat(ProcessorName.from(folder.resolve("missing"))).isEqualTo(architecture);
    Path silent = folder.resolve("silent");
    Files.writeString(silent, "processor\t: 0\n");
    assertThat(ProcessorName.from(silent)).isEqualTo(architecture);
  }
}
