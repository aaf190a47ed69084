package org.oncilla.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarGzFileTest {
  @TempDir Path folder;

  private Path into;
  private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

  @BeforeEach
  void prepare() throws IOException {
    into = Files.createDirectory(folder.resolve("into"));
  }

  /** Adds a file as the POSIX standard describes it. */
  private void add(String name, char type, byte[] content) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 100, "0000644\0");
    put(header, 124, String.format("%011o\0", content.length));
    put(header, 148, "        ");
    header[156] = (byte) type;
    put(header, 257, "ustar\00000");
    int sum = 0;
    for (byte b : header) {
      sum += b & 0xFF;
    }
    put(header, 148, String.format("%06o\0 ", sum));
    tar.writeBytes(header);
    tar.writeBytes(Arrays.copyOf(content, (content.length + 511) / 512 * 512));
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (31 * i);
    }
    return bytes;
  }

  private Path archive() throws IOException {
    tar.writeBytes(new byte[1024]);
    return Files.write(folder.resolve("a.tgz"), Gzip.of(tar.toByteArray()));
  }

  private List<String> unpacked() throws IOException {
    try (Stream<Path> files = Files.list(into)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void unpacksTheFilesOfOneFolder() throws IOException {
    add("package/", '5', new byte[0]);
    add("package/data/a", '0', bytes(3));
    add("other/data/b", '0', bytes(700));
    add("package/data/empty", '0', new byte[0]);
    add("package/data/inner/c", '0', bytes(5));
    add("package/data/record", '\0', bytes(512));
    add("package/data/large", '0', bytes(200_000));
    TarGzFile.unpack(archive(), "package/data/", into);
    assertThat(unpacked()).containsExactly("a", "empty", "large", "record");
    assertThat(into.resolve("a")).hasBinaryContent(bytes(3));
    assertThat(into.resolve("record")).hasBinaryContent(bytes(512));
    assertThat(into.resolve("large")).hasBinaryContent(bytes(200_000));
  }

  @Test
  void nothingLeavesTheFolder() throws IOException {
    add("package/../../outside", '0', bytes(3));
    add("package/..", '0', bytes(3));
    add("package/link", '2', new byte[0]);
    add("package/x", 'x', bytes(30));
    add("package/renamed", '0', bytes(3));
    TarGzFile.unpack(archive(), "package/", into);
    assertThat(unpacked()).isEmpty();
    assertThat(folder.resolve("outside")).doesNotExist();
  }

  @Test
  void damagedArchives() throws IOException {
    add("package/a", '0', bytes(3000));
    byte[] good = tar.toByteArray();
    Path file = folder.resolve("a.tgz");
    Files.write(file, Gzip.of(Arrays.copyOf(good, 2000)));
    damaged(file, "it ends within a");
    Files.write(file, Gzip.of(Arrays.copyOf(good, 100)));
    damaged(file, "it ends within a header");
    byte[] altered = good.clone();
    altered[3] ^= 1;
    Files.write(file, Gzip.of(altered));
    damaged(file, "a header has a wrong checksum");
    Files.write(file, good);
    damaged(file, "Not in GZIP format");
    byte[] compressed = Gzip.of(good);
    Files.write(file, Arrays.copyOf(compressed, compressed.length / 2));
    damaged(file, "");
  }

  private void damaged(Path file, String message) {
    assertThatThrownBy(() -> TarGzFile.unpack(file, "package/", into))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining(file + ": expected a tar archive in gzip, but it is damaged: ")
        .hasMessageContaining(message);
  }
}
