package org.oncilla.formats;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.oncilla.file.FileFormatException;
import org.oncilla.io.HostArray;

/**
 * A checksum that a file carries in its own header: the SHA-256 of the whole file, in which the
 * checksum's digits count as zeros. Any altered byte is found, in the header as in the data.
 */
final class FileChecksum {
  /** Its name in the metadata. */
  static final String KEY = "oncilla.sha256";

  /** Stands for the checksum until it is known. */
  static final String PLACEHOLDER = "0".repeat(64);

  private static final int CHUNK = 1 << 16;

  private FileChecksum() {}

  /** Puts the checksum in the placeholder's place. */
  static void insert(byte[] prefix, Map<String, HostArray> tensors) throws IOException {
    MessageDigest digest = sha256();
    digest.update(prefix);
    try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
      SafetensorsEncoder.writeData(tensors, out);
    }
    byte[] digits = HexFormat.of().formatHex(digest.digest()).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, prefix, find(prefix, PLACEHOLDER), digits.length);
  }

  /**
   * Checks a file.
   *
   * @param prefixLength bytes before the data
   * @param expected the checksum that the header states
   * @throws FileFormatException if the file has another one
   */
  static void verify(Path file, int prefixLength, String expected) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file)) {
      byte[] prefix = in.readNBytes(prefixLength);
      int position = find(prefix, expected);
      if (position >= 0) {
        Arrays.fill(prefix, position, position + expected.length(), (byte) '0');
      }
      digest.update(prefix);
      byte[] chunk = new byte[CHUNK];
      for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
        digest.update(chunk, 0, count);
      }
    }
    String found = HexFormat.of().formatHex(digest.digest());
    if (!found.equals(expected)) {
      throw new FileFormatException(
          file
              + ": expected SHA-256 "
              + expected
              + " but found "
              + found
              + "; the file was altered after it was saved");
    }
  }

  /** The position of the digits behind the checksum's key; −1 if they are not there. */
  private static int find(byte[] bytes, String digits) {
    // One char for each byte, so that an index is a position. Text within JSON cannot look like
    // this, because its quotes are escaped.
    String start = '"' + KEY + "\":\"";
    int key = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(start + digits + '"');
    return key < 0 ? key : key + start.length();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }
}
