package org.oncilla.opencl;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.oncilla.file.CacheFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled programs on disk. Some drivers abort the process on a damaged binary, so a file carries
 * its own length and SHA-256 and the SHA-256 of what it was compiled from; on any doubt it is not
 * used. It is written under a temporary name and renamed, so a reader never sees half of one. A
 * cache that cannot be read or written costs time, never a failure.
 *
 * <pre>
 * bytes 0–7    "ONCLPRG1"
 * bytes 8–39   SHA-256 of the identity: device, driver, options, source
 * bytes 40–71  SHA-256 of the binary
 * bytes 72–79  length of the binary, big-endian
 * bytes 80–    the binary
 * </pre>
 */
class ProgramCache {
  /** The system property that names the folder; {@code off} turns the cache off. */
  static final String PROPERTY = "oncilla.opencl.cache";

  private static final Logger LOG = LoggerFactory.getLogger(ProgramCache.class);
  private static final String OFF = "off";
  private static final byte[] MAGIC = "ONCLPRG1".getBytes(StandardCharsets.US_ASCII);
  private static final int HASH_BYTES = 32;
  private static final int HEADER_BYTES = MAGIC.length + 2 * HASH_BYTES + Long.BYTES;

  private final Path folder;

  /** A cache in a folder, which is made when first needed; null for none. */
  ProgramCache(Path folder) {
    this.folder = folder;
  }

  /** The cache that the system property says, else {@code opencl} in the library's. */
  static ProgramCache ofProperties() {
    String text = System.getProperty(PROPERTY);
    if (OFF.equals(text)) {
      return new ProgramCache(null);
    }
    return new ProgramCache(
        text == null || text.isBlank()
            ? CacheFolder.get().resolve("opencl")
            : Path.of(text.trim()));
  }

  /** The binary of an identity, or null where there is none that is certainly whole. */
  byte[] load(String identity) {
    if (folder == null) {
      return null;
    }
    byte[] key = sha256(identity.getBytes(StandardCharsets.UTF_8));
    Path file = file(key);
    try {
      byte[] contents = Files.readAllBytes(file);
      byte[] binary = verified(contents, key);
      if (binary == null) {
        LOG.debug("the cached program {} is damaged or not ours; recompiling", file);
      }
      return binary;
    } catch (NoSuchFileException notThere) {
      return null;
    } catch (IOException unreadable) {
      LOG.debug("the cached program {} cannot be read; recompiling", file, unreadable);
      return null;
    }
  }

  /** Keeps a binary, if it can. */
  void store(String identity, byte[] binary) {
    if (folder == null || binary.length == 0) {
      return;
    }
    byte[] key = sha256(identity.getBytes(StandardCharsets.UTF_8));
    try {
      Files.createDirectories(folder);
      Path temporary = Files.createTempFile(folder, "program", ".tmp");
      try {
        Files.write(temporary, contents(key, binary));
        Files.move(
            temporary,
            file(key),
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException | SecurityException unwritable) {
      LOG.warn(
          "compiled OpenCL programs cannot be kept in {} ({}); every start will compile them;"
              + " -D{}= names another folder, or {}",
          folder,
          unwritable.toString(),
          PROPERTY,
          OFF);
    }
  }

  /** The file of an identity. */
  Path file(String identity) {
    return file(sha256(identity.getBytes(StandardCharsets.UTF_8)));
  }

  private Path file(byte[] key) {
    return folder.resolve(HexFormat.of().formatHex(key) + ".clbin");
  }

  private static byte[] contents(byte[] key, byte[] binary) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEADER_BYTES + binary.length);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.write(MAGIC);
      out.write(key);
      out.write(sha256(binary));
      out.writeLong(binary.length);
      out.write(binary);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static byte[] verified(byte[] contents, byte[] key) throws IOException {
    if (contents.length < HEADER_BYTES) {
      return null;
    }
    try (DataInputStream in = new DataInputStream(new java.io.ByteArrayInputStream(contents))) {
      byte[] magic = in.readNBytes(MAGIC.length);
      byte[] identity = in.readNBytes(HASH_BYTES);
      byte[] hash = in.readNBytes(HASH_BYTES);
      long length = in.readLong();
      if (!Arrays.equals(magic, MAGIC)
          || !Arrays.equals(identity, key)
          || length != contents.length - HEADER_BYTES) {
        return null;
      }
      byte[] binary = in.readAllBytes();
      return Arrays.equals(sha256(binary), hash) ? binary : null;
    }
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
