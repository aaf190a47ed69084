package org.oncilla.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oncilla.file.FileFormatException;
import org.oncilla.file.Gzip;

class IdxFileTest {
  /** Two images of 2 × 3 pixels, written out by hand. */
  private static final byte[] FILE =
      HexFormat.of()
          .parseHex(
              "00000803" + "00000002" + "00000002" + "00000003" + "00017f80feff" + "0a0b0c0d0e0f");

  @TempDir Path folder;

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("images"), bytes);
  }

  private void rejects(byte[] bytes, String... texts) throws IOException {
    Path file = write(bytes);
    var error =
        assertThatThrownBy(() -> IdxFile.read(file))
            .isInstanceOf(FileFormatException.class)
            .hasMessageStartingWith(file.toString());
    for (String text : texts) {
      error.hasMessageContaining(text);
    }
  }

  private static byte[] changed(int index, int value) {
    byte[] bytes = FILE.clone();
    bytes[index] = (byte) value;
    return bytes;
  }

  @Test
  void plainAndGzipFilesGiveTheSameArray() throws IOException {
    for (byte[] bytes : new byte[][] {FILE, Gzip.of(FILE)}) {
      IdxFile file = IdxFile.read(write(bytes));
      assertThat(file.dimensions()).containsExactly(2, 2, 3);
      assertThat(file.values())
          .containsExactly(0, 1, 0x7f, 0x80, 0xfe, 0xff, 0xa, 0xb, 0xc, 0xd, 0xe, 0xf);
    }
  }

  @Property(tries = 50)
  void anyArrayIsRead(
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 6) Integer> sizes,
      @ForAll boolean compressed)
      throws IOException {
    int[] dimensions = sizes.stream().mapToInt(Integer::intValue).toArray();
    int length = Arrays.stream(dimensions).reduce(1, (a, b) -> a * b);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {0, 0, 8, (byte) dimensions.length});
    for (int size : dimensions) {
      bytes.write(new byte[] {0, 0, 0, (byte) size});
    }
    byte[] values = new byte[length];
    for (int i = 0; i < length; i++) {
      values[i] = (byte) (i * 31);
    }
    bytes.write(values);
    Path file = Files.createTempFile("idx", null);
    try {
      Files.write(file, compressed ? Gzip.of(bytes.toByteArray()) : bytes.toByteArray());
      IdxFile read = IdxFile.read(file);
      assertThat(read.dimensions()).isEqualTo(dimensions);
      assertThat(read.values()).isEqualTo(values);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void everyTruncationIsAnError() throws IOException {
    for (byte[] whole : new byte[][] {FILE, Gzip.of(FILE)}) {
      for (int length = 0; length < whole.length; length++) {
        rejects(Arrays.copyOf(whole, length), "expected", "found");
      }
    }
  }

  @Test
  void truncatedValues() throws IOException {
    rejects(
        Arrays.copyOf(FILE, 20),
        "expected 28 bytes for dimensions [2, 2, 3] but found 20: it is truncated");
    rejects(
        Gzip.of(Arrays.copyOf(FILE, 20)),
        "expected 28 bytes for dimensions [2, 2, 3] but found 20: it is truncated");
  }

  @Test
  void trailingBytes() throws IOException {
    byte[] longer = Arrays.copyOf(FILE, FILE.length + 1);
    rejects(
        longer, "expected 28 bytes for dimensions [2, 2, 3] but found 29: it has trailing bytes");
    rejects(Gzip.of(longer), "expected 28 bytes for dimensions [2, 2, 3] but found more of them");
  }

  @Test
  void bytesBehindTheCompressedData() throws IOException {
    byte[] compressed = Gzip.of(FILE);
    rejects(Arrays.copyOf(compressed, compressed.length + 3), "found 3 more bytes");
    rejects(Arrays.copyOf(compressed, compressed.length + 100), "found 100 more bytes");
  }

  @Test
  void damagedCompressedData() throws IOException {
    byte[] compressed = Gzip.of(FILE);
    compressed[compressed.length - 6] ^= 1;
    rejects(compressed, "expected gzip data, but found it damaged", "Corrupt GZIP trailer");
    rejects(Arrays.copyOf(Gzip.of(FILE), 15), "expected gzip data, but found it truncated");
  }

  @Property(tries = 200)
  void anAlteredGzipFileIsAnErrorOrGivesTheSameValues(
      @ForAll @IntRange(min = 0, max = 1000) int position,
      @ForAll @IntRange(min = 1, max = 255) int bits)
      throws IOException {
    byte[] altered = Gzip.of(FILE);
    altered[position % altered.length] ^= (byte) bits;
    Path file = Files.createTempFile("idx", null);
    try {
      Files.write(file, altered);
      assertThat(IdxFile.read(file).contents()).isEqualTo(FILE);
    } catch (FileFormatException e) {
      assertThat(e).hasMessageStartingWith(file.toString());
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void anotherFormat() throws IOException {
    rejects("{\"no\": 1}".getBytes(), "expected an IDX header", "found 7b 22 6e 6f");
    rejects(changed(3, 0), "expected an IDX header", "found 00 00 08 00");
    rejects(new byte[] {0, 0}, "expected an IDX header but found only 2 bytes");
    rejects(
        Arrays.copyOf(FILE, 10),
        "expected an IDX header of 16 bytes for 3 dimensions but found only 10 bytes");
  }

  @Test
  void anotherType() throws IOException {
    rejects(
        changed(2, 0x0D), "expected unsigned bytes (type 08) but found 32-bit floats (type 0D)");
    rejects(changed(2, 0x77), "but found an unknown type (type 77)");
  }

  @Test
  void dimensionsWithoutSense() throws IOException {
    rejects(changed(7, 0), "expected dimensions of at least 1", "found [0, 2, 3]");
    rejects(changed(4, 0xFF), "found [4278190082, 2, 3]");
    byte[] product = changed(5, 0x7F);
    product[8] = 0x7F;
    rejects(product, "product is below 2^31", "found [8323074, 2130706434, 3]");
  }

  @Test
  void aHeaderCannotAskForMoreMemoryThanTheFileIsWorth() throws IOException {
    // 2 × 2 × 268,435,459 bytes, a gigabyte, claimed by files of 28 bytes and less than 60.
    byte[] huge = changed(12, 0x10);
    rejects(huge, "expected 1073741852 bytes", "but found 28");
    rejects(Gzip.of(huge), "expected 1073741852 bytes", "more than a gzip file of", "bytes holds");
  }

  @Test
  void dimensionsAndValuesAreCopies() throws IOException {
    IdxFile file = IdxFile.parse("memory", FILE.clone());
    file.values()[0] = 9;
    file.dimensions()[0] = 9;
    assertThat(file.values()[0]).isZero();
    assertThat(file.dimensions()[0]).isEqualTo(2);
  }
}
