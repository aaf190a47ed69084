package org.oncilla.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.backend.Span;
import org.oncilla.file.CacheFolder;
import org.slf4j.LoggerFactory;

class ProgramCacheTest {
  private static final byte[] BINARY = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  @TempDir private Path folder;

  @Test
  void whatWasStoredIsLoaded() throws IOException {
    ProgramCache cache = new ProgramCache(folder.resolve("made/when/needed"));
    assertThat(cache.load("identity")).isNull();
    cache.store("identity", BINARY);
    assertThat(cache.load("identity")).isEqualTo(BINARY);
    assertThat(cache.load("another identity")).isNull();
    try (Stream<Path> files = Files.list(folder.resolve("made/when/needed"))) {
      assertThat(files).as("no temporary file is left").hasSize(1);
    }
  }

  /** Every single byte of the file is covered: the header by comparison, the rest by its hash. */
  @Test
  void anyChangedByteIsRefused() throws IOException {
    ProgramCache cache = new ProgramCache(folder);
    cache.store("identity", BINARY);
    byte[] whole = Files.readAllBytes(cache.file("identity"));
    for (int at = 0; at < whole.length; at++) {
      byte[] altered = whole.clone();
      altered[at] ^= 0x10;
      Files.write(cache.file("identity"), altered);
      assertThat(cache.load("identity")).as("byte %d altered", at).isNull();
    }
  }

  @Test
  void anyOtherLengthIsRefused() throws IOException {
    ProgramCache cache = new ProgramCache(folder);
    cache.store("identity", BINARY);
    byte[] whole = Files.readAllBytes(cache.file("identity"));
    for (int length = 0; length < whole.length; length++) {
      Files.write(cache.file("identity"), Arrays.copyOf(whole, length));
      assertThat(cache.load("identity")).as("truncated to %d", length).isNull();
    }
    Files.write(cache.file("identity"), Arrays.copyOf(whole, whole.length + 1));
    assertThat(cache.load("identity")).as("longer by one").isNull();
  }

  @Test
  void aFileOfAnotherProgramUnderThisNameIsRefused() throws IOException {
    ProgramCache cache = new ProgramCache(folder);
    cache.store("theirs", BINARY);
    Files.copy(cache.file("theirs"), cache.file("ours"), StandardCopyOption.REPLACE_EXISTING);
    assertThat(cache.load("ours")).isNull();
    assertThat(cache.load("theirs")).isEqualTo(BINARY);
  }

  @Test
  void anUnusableFolderIsSaidAndDoesNoHarm() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "not a folder");
    Logger log = (Logger) LoggerFactory.getLogger(ProgramCache.class);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    said.start();
    log.addAppender(said);
    try {
      ProgramCache cache = new ProgramCache(file.resolve("below"));
      cache.store("identity", BINARY);
      assertThat(cache.load("identity")).isNull();
    } finally {
      log.detachAppender(said);
    }
    assertThat(said.list)
        .filteredOn(event -> event.getLevel() == Level.WARN)
        .singleElement()
        .satisfies(
            event ->
                assertThat(event.getFormattedMessage())
                    .contains("cannot be kept in", "below", "-Doncilla.opencl.cache="));
  }

  @Test
  void theFolderIsItsOwnOrWithinTheLibrarysCache() {
    Path ours = folder.resolve("ours");
    Path general = folder.resolve("general");
    Properties before = (Properties) System.getProperties().clone();
    try {
      System.clearProperty(ProgramCache.PROPERTY);
      System.setProperty(CacheFolder.PROPERTY, general.toString());
      ProgramCache.ofProperties().store("identity", BINARY);
      assertThat(general.resolve("opencl")).isDirectoryContaining("glob:**.clbin");
      System.setProperty(ProgramCache.PROPERTY, ours.toString());
      ProgramCache.ofProperties().store("identity", BINARY);
      assertThat(ours).isDirectoryContaining("glob:**.clbin");
      System.setProperty(ProgramCache.PROPERTY, "off");
      ProgramCache.ofProperties().store("another identity", BINARY);
      assertThat(ours.toFile().list()).hasSize(1);
      assertThat(general.resolve("opencl").toFile().list()).hasSize(1);
    } finally {
      System.setProperties(before);
    }
  }

  @Test
  void noFolderKeepsNothing() {
    ProgramCache cache = new ProgramCache(null);
    cache.store("identity", BINARY);
    assertThat(cache.load("identity")).isNull();
  }

  /** A driver may end the process on a damaged binary, so it must never see one. */
  @Test
  void damagedFilesAreRecompiled() throws IOException {
    assertThat(buildCounts()).as("empty cache").containsExactly(1, 0);
    assertThat(buildCounts()).as("whole file").containsExactly(0, 1);
    Path file = onlyFile();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThat(buildCounts()).as("truncated file").containsExactly(1, 0);
    whole[whole.length - 1] ^= 1;
    Files.write(file, whole);
    assertThat(buildCounts()).as("altered file").containsExactly(1, 0);
    assertThat(buildCounts()).as("replaced by a whole one").containsExactly(0, 1);
  }

  /** Intact by its checksum, yet nothing the driver takes: as after a change in its format. */
  @Test
  void aBinaryThatTheDriverRefusesIsRecompiled() {
    OpenClDevice device = TestDevice.device();
    Assumptions.assumeFalse(
        device.info().driver().startsWith("rusticl"), "rusticl ends the process on such a binary");
    ProgramCache forged = new ForgedCache(folder, new byte[] {1, 2, 3, 4});
    try (OpenClBackend backend = new OpenClBackend(device, forged)) {
      Span span = TestDevice.values(backend, 3);
      backend.elementwise().fill(span, 7);
      assertThat(TestDevice.read(backend, span)).containsOnly(7);
      assertThat(backend.programs().buildCounts()).containsExactly(1, 0);
    }
  }

  private static final class ForgedCache extends ProgramCache {
    private final byte[] binary;

    ForgedCache(Path folder, byte[] binary) {
      super(folder);
      this.binary = binary;
    }

    @Override
    byte[] load(String identity) {
      return binary;
    }
  }

  private int[] buildCounts() {
    try (OpenClBackend backend = new OpenClBackend(TestDevice.device(), new ProgramCache(folder))) {
      Span span = TestDevice.values(backend, 3);
      backend.elementwise().fill(span, 5);
      assertThat(TestDevice.read(backend, span)).containsOnly(5);
      return backend.programs().buildCounts();
    }
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.reduce((a, b) -> null).orElseThrow();
    }
  }
}
