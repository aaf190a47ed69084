package org.oncilla.file;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A tar archive in gzip, of the POSIX format (ustar): records of 512 bytes, for each file a header
 * and its content. Only plain files with names of up to 100 bytes are unpacked; what else an
 * archive holds is passed over.
 */
public final class TarGzFile {
  private static final int RECORD = 512;
  private static final int NAME_LENGTH = 100;
  private static final int SIZE_OFFSET = 124;
  private static final int NUMBER_LENGTH = 12;
  private static final int CHECKSUM_OFFSET = 148;
  private static final int CHECKSUM_LENGTH = 8;
  private static final int TYPE_OFFSET = 156;
  private static final int PREFIX_OFFSET = 345;
  private static final int OCTAL = 8;

  private TarGzFile() {}

  /**
   * Unpacks the files of one folder of an archive, without those of folders within it.
   *
   * @param archive to read
   * @param folder within the archive; ends in a slash
   * @param into an existing folder that receives the files under their names
   * @throws FileFormatException if the archive is damaged
   * @throws IOException if it cannot be read or a file cannot be written
   */
  public static void unpack(Path archive, String folder, Path into) throws IOException {
    try (InputStream in =
        new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive)))) {
      byte[] header = new byte[RECORD];
      boolean longName = false;
      while (readHeader(in, header)) {
        long size = octal(header, SIZE_OFFSET, NUMBER_LENGTH);
        char type = (char) header[TYPE_OFFSET];
        String name = text(header, 0, NAME_LENGTH);
        boolean plain = (type == '0' || type == 0) && header[PREFIX_OFFSET] == 0 && !longName;
        if (plain && isWithin(folder, name)) {
          copy(in, size, into.resolve(name.substring(folder.length())));
        } else {
          in.skipNBytes(size);
        }
        in.skipNBytes(Math.floorMod(-size, RECORD));
        // These give the next file another name.
        longName = type == 'x' || type == 'L';
      }
    } catch (EOFException | ZipException | NumberFormatException damaged) {
      throw new FileFormatException(
          archive + ": expected a tar archive in gzip, but it is damaged: " + damaged.getMessage(),
          damaged);
    }
  }

  private static boolean isWithin(String folder, String name) {
    String rest = name.startsWith(folder) ? name.substring(folder.length()) : "";
    return !rest.isEmpty() && rest.matches("[^/\\\\]+") && !rest.equals("..") && !rest.equals(".");
  }

  /** Whether there is another header; records of zeros end an archive. */
  private static boolean readHeader(InputStream in, byte[] header) throws IOException {
    int read = in.readNBytes(header, 0, RECORD);
    if (read < RECORD) {
      throw new EOFException("it ends within a header");
    }
    if (header[0] == 0) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < RECORD; i++) {
      boolean counted = i < CHECKSUM_OFFSET || i >= CHECKSUM_OFFSET + CHECKSUM_LENGTH;
      sum += counted ? header[i] & 0xFF : ' ';
    }
    if (sum != octal(header, CHECKSUM_OFFSET, CHECKSUM_LENGTH)) {
      throw new ZipException("a header has a wrong checksum");
    }
    return true;
  }

  private static long octal(byte[] header, int offset, int length) {
    return Long.parseLong(text(header, offset, length).strip(), OCTAL);
  }

  private static String text(byte[] header, int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.UTF_8);
  }

  private static void copy(InputStream in, long size, Path file) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (var out = Files.newOutputStream(file)) {
      long left = size;
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          throw new EOFException("it ends within " + file.getFileName());
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }
}
