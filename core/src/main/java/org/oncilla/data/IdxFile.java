package org.oncilla.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.oncilla.file.FileFormatException;
import org.oncilla.file.GzipContents;

/**
 * An array of unsigned bytes in the IDX format of the MNIST data set, plain or in gzip. The format:
 * two zero bytes, one byte for the type of the values (0x08: unsigned byte), one byte for the
 * number of dimensions, each dimension as a big-endian 32-bit integer, then the values row-major.
 *
 * <p>The header is checked against the file's length before memory is taken for the values, so a
 * damaged header cannot ask for more memory than the file is worth.
 */
public final class IdxFile {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final Map<Integer, String> OTHER_TYPES =
      Map.of(
          0x09, "signed bytes",
          0x0B, "16-bit integers",
          0x0C, "32-bit integers",
          0x0D, "32-bit floats",
          0x0E, "64-bit floats");

  private final String name;
  private final Header header;
  private final byte[] contents;

  private IdxFile(String name, Header header, byte[] contents) {
    this.name = name;
    this.header = header;
    this.contents = contents;
  }

  /**
   * Reads a file, plain or in gzip, told apart by their first bytes.
   *
   * @throws FileFormatException if the file is truncated, has trailing bytes, is not IDX, or holds
   *     another type than unsigned bytes
   * @throws IOException if it cannot be read
   */
  public static IdxFile read(Path file) throws IOException {
    String name = file.toString();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(2);
      if (GzipContents.isGzip(start)) {
        return readGzip(name, Files.readAllBytes(file));
      }
      Header header = Header.read(name, concatenate(start, in));
      checkLength(name, header, Files.size(file));
      return new IdxFile(name, header, readContents(name, header, in));
    }
  }

  /**
   * Takes the content of an uncompressed file.
   *
   * @param name for error messages
   * @param contents the whole file; not copied
   */
  public static IdxFile parse(String name, byte[] contents) throws IOException {
    Header header = Header.read(name, new ByteArrayInputStream(contents));
    checkLength(name, header, contents.length);
    return new IdxFile(name, header, contents);
  }

  private static IdxFile readGzip(String name, byte[] compressed) throws IOException {
    try (GzipContents in = GzipContents.open(name, compressed)) {
      Header header = Header.read(name, in);
      if (header.fileSize() > compressed.length * GzipContents.LARGEST_RATIO) {
        throw new FileFormatException(
            header.claim(name)
                + ", more than a gzip file of "
                + compressed.length
                + " bytes holds");
      }
      byte[] contents = readContents(name, header, in);
      if (in.read() >= 0) {
        throw new FileFormatException(header.claim(name) + " but found more of them");
      }
      in.expectEnd();
      return new IdxFile(name, header, contents);
    }
  }

  private static InputStream concatenate(byte[] start, InputStream rest) {
    return new SequenceInputStream(new ByteArrayInputStream(start), rest);
  }

  private static void checkLength(String name, Header header, long found) throws IOException {
    if (found != header.fileSize()) {
      throw new FileFormatException(
          header.claim(name)
              + " but found "
              + found
              + (found < header.fileSize() ? ": it is truncated" : ": it has trailing bytes"));
    }
  }

  /** All of the file, whose header was just read from the stream. */
  private static byte[] readContents(String name, Header header, InputStream in)
      throws IOException {
    byte[] contents = Arrays.copyOf(header.bytes, (int) header.fileSize());
    int expected = contents.length - header.bytes.length;
    int found = in.readNBytes(contents, header.bytes.length, expected);
    if (found != expected) {
      throw new FileFormatException(
          header.claim(name) + " but found " + (header.bytes.length + found) + ": it is truncated");
    }
    return contents;
  }

  /** The file's path, for messages. */
  public String name() {
    return name;
  }

  /** The sizes of the array's axes; the first one counts the samples. */
  public int[] dimensions() {
    return header.dimensions.clone();
  }

  /** A copy of the values, row-major; each one an unsigned byte. */
  public byte[] values() {
    return Arrays.copyOfRange(contents, offset(), contents.length);
  }

  /** The whole uncompressed file, header included; not a copy. */
  byte[] contents() {
    return contents;
  }

  /** Where in {@link #contents} the values start. */
  int offset() {
    return header.bytes.length;
  }

  private record Header(int[] dimensions, byte[] bytes, long length) {
    static Header read(String name, InputStream in) throws IOException {
      byte[] magic = in.readNBytes(4);
      if (magic.length < 4) {
        throw new FileFormatException(
            name + ": expected an IDX header but found only " + magic.length + " bytes");
      }
      checkMagic(name, magic);
      int rank = magic[3] & 0xFF;
      byte[] sizes = in.readNBytes(4 * rank);
      if (sizes.length < 4 * rank) {
        throw new FileFormatException(
            name
                + ": expected an IDX header of "
                + (4 + 4 * rank)
                + " bytes for "
                + rank
                + " dimensions but found only "
                + (4 + sizes.length)
                + " bytes");
      }
      byte[] bytes = Arrays.copyOf(magic, 4 + sizes.length);
      System.arraycopy(sizes, 0, bytes, 4, sizes.length);
      return of(name, bytes, ByteBuffer.wrap(sizes), rank);
    }

    private static Header of(String name, byte[] bytes, ByteBuffer sizes, int rank)
        throws FileFormatException {
      int[] dimensions = new int[rank];
      sizes.asIntBuffer().get(dimensions);
      long length = 1;
      for (int size : dimensions) {
        length *= size;
        if (size < 1 || length > Integer.MAX_VALUE - 8 - bytes.length) {
          throw new FileFormatException(
              name
                  + ": expected dimensions of at least 1 whose product is below 2^31 but found "
                  + Arrays.toString(
                      Arrays.stream(dimensions).mapToLong(d -> d & 0xFFFFFFFFL).toArray()));
        }
      }
      return new Header(dimensions, bytes, length);
    }

    private static void checkMagic(String name, byte[] magic) throws FileFormatException {
      int type = magic[2];
      if (magic[0] != 0 || magic[1] != 0 || magic[3] == 0) {
        throw new FileFormatException(
            name
                + ": expected an IDX header (00 00, type, number of dimensions) but found "
                + HexFormat.ofDelimiter(" ").formatHex(magic));
      }
      if (type != UNSIGNED_BYTE) {
        throw new FileFormatException(
            name
                + ": expected unsigned bytes (type 08) but found "
                + OTHER_TYPES.getOrDefault(type, "an unknown type")
                + String.format(" (type %02X)", type));
      }
    }

    long fileSize() {
      return bytes.length + length;
    }

    String claim(String name) {
      return name
          + ": expected "
          + fileSize()
          + " bytes for dimensions "
          + Arrays.toString(dimensions);
    }
  }
}
