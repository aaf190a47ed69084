package org.oncilla.file;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.GZIPOutputStream;

/** Compresses what tests read back. */
public final class Gzip {
  private Gzip() {}

  /** The gzip file of some bytes. */
  public static byte[] of(byte[] contents) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(contents);
    }
    return bytes.toByteArray();
  }
}
