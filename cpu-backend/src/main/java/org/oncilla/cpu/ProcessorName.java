package org.oncilla.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the processor calls itself, where the system tells without another program. */
final class ProcessorName {
  private static final Path LINUX = Path.of("/proc/cpuinfo");
  private static final String LINUX_KEY = "model name";

  private ProcessorName() {}

  /** The processor's name, such as "AMD EPYC 9755"; its architecture where the system is silent. */
  static String get() {
    return from(LINUX);
  }

  static String from(Path cpuInfo) {
    String architecture = System.getProperty("os.arch") + " processor";
    if (!Files.isReadable(cpuInfo)) {
      return architecture;
    }
    try (Stream<String> lines = Files.lines(cpuInfo)) {
      return lines
          .filter(line -> line.startsWith(LINUX_KEY) && line.contains(":"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse(architecture);
    } catch (IOException | UncheckedIOException unreadable) {
      return architecture;
    }
  }
}
