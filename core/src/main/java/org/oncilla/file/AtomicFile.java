package org.oncilla.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes files so that nobody ever sees half of one: into a temporary file of the same folder,
 * forced to the disk, then renamed. Whatever goes wrong on the way, a file that was there before
 * stays as it was and no temporary file is left.
 */
public final class AtomicFile {
  private AtomicFile() {}

  /** Produces a file's content. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of the content. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes or replaces a file.
   *
   * @param file to write; its folder must exist
   * @param content writes the bytes; large pieces at a time, as the stream is not buffered
   * @throws IOException if that fails, naming the file, the reason and the room on its disk
   */
  public static void write(Path file, Content content) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new NoSuchFileException(
          file.toString(), null, "its folder does not exist; create " + folder + " first");
    }
    if (Files.isDirectory(file)) {
      throw new IOException("could not write " + file + ": it is a folder; name a file");
    }
    Path temporary = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
    try {
      writeForced(temporary, content);
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IOException("could not write " + file + ": " + reason(e) + "; " + room(folder), e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static void writeForced(Path temporary, Content content) throws IOException {
    try (FileChannel channel =
            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        OutputStream out = Channels.newOutputStream(channel)) {
      content.writeTo(out);
      channel.force(true);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getClass().getSimpleName() + ": " + e.getMessage();
  }

  private static String room(Path folder) {
    try {
      return Files.getFileStore(folder).getUsableSpace()
          + " bytes are free on the disk of "
          + folder;
    } catch (IOException e) {
      return "the room on the disk of " + folder + " is unknown (" + e.getMessage() + ")";
    }
  }
}
