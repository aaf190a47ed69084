package org.oncilla.formats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.oncilla.file.AtomicFile;
import org.oncilla.file.FileFormatException;
import org.oncilla.file.InputFile;
import org.oncilla.io.HostArray;

/**
 * Reads and writes named arrays in the safetensors format, which PyTorch users and others use for
 * weights: the length of the header as a little-endian 64-bit integer, the header as a JSON object
 * that gives each tensor's dtype, shape and place, then the values, little-endian and row-major.
 * Text by name may be kept under {@code __metadata__} in the header.
 *
 * <p>Values are written as F32. They are read from F32, and from other types by conversion: F16 and
 * BF16 exactly; F64, and whole numbers beyond 2^24, rounded to the nearest float.
 */
public final class Safetensors {
  /** Longest header, in bytes, that is read; the reference implementation has the same limit. */
  public static final int LONGEST_HEADER = 100_000_000;

  private static final int CHUNK = 1 << 16;

  private Safetensors() {}

  /**
   * What a file holds.
   *
   * @param tensors values by name, in the order of the file
   * @param metadata text by name
   */
  public record Contents(Map<String, HostArray> tensors, Map<String, String> metadata) {}

  /**
   * Reads a file. Never takes more memory than a small multiple of the file's length.
   *
   * @throws FileFormatException if the file is truncated, altered or of another format, or holds
   *     what cannot be held here: an empty tensor, another dtype; says which tensor
   * @throws java.nio.file.NoSuchFileException if there is no such file, with where it was looked
   *     for
   * @throws IOException if it is a folder or cannot be read
   */
  public static Contents read(Path file) throws IOException {
    InputFile.require(file, "safetensors");
    String name = file.toString();
    try (FileChannel channel = FileChannel.open(file)) {
      byte[] bytes = readHeader(name, channel);
      long dataStart = Long.BYTES + bytes.length;
      SafetensorsHeader header =
          SafetensorsHeader.parse(name, decode(name, bytes), channel.size() - dataStart);
      Map<String, HostArray> tensors = new LinkedHashMap<>();
      for (SafetensorsHeader.Entry entry : header.tensors()) {
        channel.position(dataStart + entry.begin());
        tensors.put(entry.name(), new HostArray(entry.shape(), values(name, channel, entry)));
      }
      return new Contents(tensors, header.metadata());
    }
  }

  /** The header's bytes; the channel is behind them then. */
  static byte[] readHeader(String name, FileChannel channel) throws IOException {
    long fileLength = channel.size();
    if (fileLength < Long.BYTES) {
      throw new FileFormatException(
          name + ": expected at least 8 bytes of a safetensors file but found " + fileLength);
    }
    ByteBuffer prefix = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    readFully(name, channel, prefix);
    long length = prefix.getLong(0);
    if (length < 0 || length > LONGEST_HEADER) {
      throw new FileFormatException(
          name
              + ": expected a header of at most "
              + LONGEST_HEADER
              + " bytes but found a length of "
              + Long.toUnsignedString(length)
              + "; it is no safetensors file");
    }
    if (length > fileLength - Long.BYTES) {
      throw new FileFormatException(
          name
              + ": expected a header of "
              + length
              + " bytes but found only "
              + (fileLength - Long.BYTES)
              + ": it is truncated or no safetensors file");
    }
    ByteBuffer header = ByteBuffer.allocate((int) length);
    readFully(name, channel, header);
    return header.array();
  }

  private static String decode(String name, byte[] header) throws FileFormatException {
    if (header.length == 0 || header[0] != '{') {
      throw new FileFormatException(
          name
              + ": expected the header to begin with { but found "
              + (header.length == 0 ? "nothing" : String.format("byte %02x", header[0])));
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(header)).toString();
    } catch (CharacterCodingException e) {
      throw new FileFormatException(name + ": the header is not valid UTF-8", e);
    }
  }

  private static float[] values(String name, FileChannel channel, SafetensorsHeader.Entry entry)
      throws IOException {
    ElementType type = entry.type();
    float[] values = new float[entry.shape().length()];
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    int step = CHUNK / type.size();
    for (int from = 0; from < values.length; from += step) {
      int count = Math.min(step, values.length - from);
      chunk.clear().limit(count * type.size());
      readFully(name + ": tensor " + entry.name(), channel, chunk);
      chunk.flip();
      for (int i = 0; i < count; i++) {
        values[from + i] = type.read(chunk);
      }
    }
    return values;
  }

  private static void readFully(String where, FileChannel channel, ByteBuffer into)
      throws IOException {
    while (into.hasRemaining()) {
      if (channel.read(into) < 0) {
        throw new FileFormatException(
            where + ": expected " + into.remaining() + " more bytes but the file ended");
      }
    }
  }

  /**
   * Writes or replaces a file; on failure a file that was there before stays as it was.
   *
   * @param file in a folder that exists
   * @param tensors values by name, laid out in the order of the map
   * @param metadata text by name
   * @throws IOException if it cannot be written, with the reason and the room on its disk
   */
  public static void write(Path file, Map<String, HostArray> tensors, Map<String, String> metadata)
      throws IOException {
    write(file, SafetensorsEncoder.prefix(tensors, metadata), tensors);
  }

  static void write(Path file, byte[] prefix, Map<String, HostArray> tensors) throws IOException {
    AtomicFile.write(
        file,
        out -> {
          out.write(prefix);
          SafetensorsEncoder.writeData(tensors, out);
        });
  }
}
