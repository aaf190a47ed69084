package org.oncilla.file;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * The uncompressed bytes of a gzip file that is in memory. Unlike the stream it extends, it tells
 * damaged data by a message that names the file, and rejects bytes behind the compressed data.
 */
public final class GzipContents extends GZIPInputStream {
  /** Bytes in which deflate can at best express 1 byte of output: 1 in 1032. */
  public static final long LARGEST_RATIO = 1032;

  private static final int TRAILER = 8;

  private final String name;

  private GzipContents(String name, byte[] compressed) throws IOException {
    // One buffer for all input, so that what the inflater has left is all that is left.
    super(new ByteArrayInputStream(compressed), Math.max(1, compressed.length));
    this.name = name;
  }

  /** Whether these are the first bytes of a gzip file. */
  public static boolean isGzip(byte[] start) {
    return start.length >= 2 && start[0] == 0x1f && start[1] == (byte) 0x8b;
  }

  /**
   * Opens a gzip file.
   *
   * @param name of the file, for messages
   * @throws FileFormatException if it is damaged
   */
  public static GzipContents open(String name, byte[] compressed) throws IOException {
    try {
      return new GzipContents(name, compressed);
    } catch (EOFException | ZipException e) {
      throw damaged(name, e);
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return super.read(buffer, offset, length);
    } catch (EOFException | ZipException e) {
      throw damaged(name, e);
    }
  }

  /** Checks, once the end was read, that the file ends there too. */
  public void expectEnd() throws FileFormatException {
    int left = inf.getRemaining() - TRAILER;
    if (left > 0) {
      throw new FileFormatException(
          name
              + ": expected the file to end after its gzip data but found "
              + left
              + " more bytes");
    }
  }

  private static FileFormatException damaged(String name, IOException e) {
    String what = e instanceof EOFException ? "truncated" : "damaged: " + e.getMessage();
    return new FileFormatException(name + ": expected gzip data, but found it " + what, e);
  }
}
