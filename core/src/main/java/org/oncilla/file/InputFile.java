package org.oncilla.file;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What to say where there is no file to read. */
public final class InputFile {
  private InputFile() {}

  /**
   * Makes sure that there is something to read.
   *
   * @param format the file's, such as "CSV", for messages
   * @throws NoSuchFileException if nothing is there: says where it was looked for, and which folder
   *     is missing if one is
   * @throws FileSystemException if it is a folder
   */
  public static void require(Path file, String format) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FileSystemException(
          file.toString(), null, "it is a folder; name a " + format + " file in it");
    }
    if (Files.notExists(file)) {
      Path sought = file.toAbsolutePath().normalize();
      throw new NoSuchFileException(
          file.toString(),
          null,
          "looked for a "
              + format
              + " file at "
              + sought
              + missingFolder(sought)
              + "; check the name, or give an absolute path");
    }
  }

  /** The outermost folder on the way that does not exist. */
  private static String missingFolder(Path sought) {
    for (int names = 1; names < sought.getNameCount(); names++) {
      Path folder = sought.getRoot().resolve(sought.subpath(0, names));
      if (Files.notExists(folder)) {
        return ", but there is no folder " + folder;
      }
    }
    return "";
  }
}
