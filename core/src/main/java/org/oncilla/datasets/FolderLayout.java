package org.oncilla.datasets;

import java.io.IOException;
import java.nio.file.Path;

/** How a folder holds the files of a data set: as they are, or in another publisher's form. */
@FunctionalInterface
interface FolderLayout {
  /** Each file under its own name, plain or in gzip. */
  FolderLayout PLAIN = (folder, file) -> file.readFrom(folder);

  /**
   * A file's content.
   *
   * @param folder that exists
   * @return the uncompressed bytes, whose size and checksum are right
   * @throws java.nio.file.NoSuchFileException if the folder does not hold it
   * @throws IOException if it is damaged or cannot be read
   */
  byte[] read(Path folder, DataFile file) throws IOException;
}
