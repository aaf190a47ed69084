package org.oncilla.formats;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.oncilla.file.FileFormatException;
import org.oncilla.io.Checkpoint;
import org.oncilla.nn.ModuleConfig;

/**
 * Checkpoints as {@linkplain Safetensors safetensors} files. Tensors keep their names, so that
 * other programs find the weights; the rest is in the header's metadata: the architecture as JSON
 * under {@code oncilla.architecture}, each entry of the state under {@code oncilla.} and its name,
 * the version of these conventions, and a checksum of the file.
 *
 * <p>Files of other programs load too, without architecture and state.
 */
public final class CheckpointFile {
  private static final String PREFIX = "oncilla.";
  private static final String ARCHITECTURE = PREFIX + "architecture";
  private static final String VERSION_KEY = PREFIX + "format_version";
  private static final String CHECKSUM = FileChecksum.KEY;
  private static final String VERSION = "1";

  private CheckpointFile() {}

  /**
   * Writes or replaces a file; on failure a file that was there before stays as it was. The same
   * checkpoint gives the same bytes.
   *
   * @param file in a folder that exists
   * @throws IOException if it cannot be written, with the reason and the room on its disk
   * @throws IllegalArgumentException if the checkpoint holds what cannot be saved
   */
  public static void save(Path file, Checkpoint checkpoint) throws IOException {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (checkpoint.architecture() != null) {
      metadata.put(ARCHITECTURE, ModuleConfigJson.write(checkpoint.architecture()));
    }
    metadata.put(VERSION_KEY, VERSION);
    metadata.put(CHECKSUM, FileChecksum.PLACEHOLDER);
    for (Map.Entry<String, String> entry : checkpoint.state().entrySet()) {
      String key = PREFIX + entry.getKey();
      if (key.equals(ARCHITECTURE) || metadata.containsKey(key)) {
        throw new IllegalArgumentException(
            "a checkpoint's state cannot have an entry named "
                + entry.getKey()
                + ", which the file needs for itself; choose another name");
      }
      metadata.put(key, entry.getValue());
    }
    byte[] prefix = SafetensorsEncoder.prefix(checkpoint.tensors(), metadata);
    FileChecksum.insert(prefix, checkpoint.tensors());
    Safetensors.write(file, prefix, checkpoint.tensors());
  }

  /**
   * Reads a file.
   *
   * @throws FileFormatException if it is truncated, altered, of another format or of a newer
   *     version
   * @throws java.nio.file.NoSuchFileException if there is no such file, with where it was looked
   *     for
   * @throws IOException if it is a folder or cannot be read
   */
  public static Checkpoint load(Path file) throws IOException {
    Safetensors.Contents contents = Safetensors.read(file);
    Map<String, String> metadata = contents.metadata();
    if (metadata.containsKey(VERSION_KEY) || metadata.containsKey(CHECKSUM)) {
      checkVersion(file, metadata.get(VERSION_KEY));
      checkChecksum(file, metadata.get(CHECKSUM));
    }
    ModuleConfig architecture = null;
    Map<String, String> state = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : metadata.entrySet()) {
      switch (entry.getKey()) {
        case ARCHITECTURE ->
            architecture = ModuleConfigJson.read(file + ": " + ARCHITECTURE, entry.getValue());
        case VERSION_KEY, CHECKSUM -> {}
        default -> {
          if (entry.getKey().startsWith(PREFIX)) {
            state.put(entry.getKey().substring(PREFIX.length()), entry.getValue());
          }
        }
      }
    }
    return new Checkpoint(architecture, contents.tensors(), state);
  }

  private static void checkVersion(Path file, String version) throws FileFormatException {
    if (!VERSION.equals(version)) {
      throw new FileFormatException(
          file
              + ": expected "
              + VERSION_KEY
              + " "
              + VERSION
              + " but found "
              + version
              + "; a newer Oncilla may have saved it, or the file is altered");
    }
  }

  private static void checkChecksum(Path file, String checksum) throws IOException {
    if (checksum == null) {
      throw new FileFormatException(
          file + ": expected " + CHECKSUM + " in its metadata but found none; the file is altered");
    }
    try (FileChannel channel = FileChannel.open(file)) {
      int headerLength = Safetensors.readHeader(file.toString(), channel).length;
      FileChecksum.verify(file, Long.BYTES + headerLength, checksum);
    }
  }
}
