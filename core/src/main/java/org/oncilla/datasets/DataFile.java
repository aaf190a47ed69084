package org.oncilla.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.oncilla.file.FileFormatException;
import org.oncilla.file.GzipContents;

/**
 * A file of a published data set and what it must contain, in gzip or not.
 *
 * @param name without the ending .gz
 * @param size bytes, uncompressed
 * @param md5 of the uncompressed bytes, in hexadecimal
 */
record DataFile(String name, int size, String md5) {
  /** More than gzip adds to data that it cannot compress. */
  private static final int GZIP_ROOM = 1 << 20;

  /** The largest length of this file in gzip. */
  long compressedLimit() {
    return (long) size + GZIP_ROOM;
  }

  /**
   * Reads this file from a folder: plain or in gzip, under its own name or with a dot before idx,
   * as some archives spell it.
   *
   * @return the uncompressed bytes, whose size and checksum are right
   * @throws NoSuchFileException if the folder does not hold it
   * @throws FileFormatException if it is not what it must be
   */
  byte[] readFrom(Path folder) throws IOException {
    String dotted = name.replace("-idx", ".idx");
    for (String candidate : List.of(name, name + ".gz", dotted, dotted + ".gz")) {
      Path file = folder.resolve(candidate);
      if (Files.isRegularFile(file)) {
        return read(file);
      }
    }
    throw new NoSuchFileException(
        folder.toString(), null, "it holds neither " + name + " nor " + name + ".gz");
  }

  private byte[] read(Path file) throws IOException {
    long found = Files.size(file);
    if (found > compressedLimit()) {
      throw wrongSize(file.toString(), found + " bytes");
    }
    return verified(file.toString(), Files.readAllBytes(file));
  }

  /**
   * Checks the content of a file.
   *
   * @param where it came from, for messages
   * @param bytes plain or in gzip
   * @return the uncompressed bytes
   */
  byte[] verified(String where, byte[] bytes) throws IOException {
    byte[] contents = GzipContents.isGzip(bytes) ? inflated(where, bytes) : bytes;
    if (contents.length != size) {
      throw wrongSize(where, contents.length + " bytes");
    }
    String found = md5(contents);
    if (!found.equals(md5)) {
      throw new FileFormatException(
          where
              + ": expected MD5 "
              + md5
              + " (uncompressed) but found "
              + found
              + "; the file is altered or belongs to another data set");
    }
    return contents;
  }

  private byte[] inflated(String where, byte[] compressed) throws IOException {
    try (GzipContents in = GzipContents.open(where, compressed)) {
      byte[] contents = in.readNBytes(size);
      if (contents.length == size) {
        expectEnd(where, in);
        in.expectEnd();
      }
      return contents;
    }
  }

  private void expectEnd(String where, InputStream in) throws IOException {
    if (in.read() >= 0) {
      throw wrongSize(where, "more");
    }
  }

  private FileFormatException wrongSize(String where, String found) {
    return new FileFormatException(
        where
            + ": expected "
            + size
            + " bytes (uncompressed) but found "
            + found
            + "; the file is truncated, altered, or belongs to another data set");
  }

  static String md5(byte[] contents) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(contents));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have MD5", e);
    }
  }
}
