package org.oncilla.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of this machine.
 *
 * @param kind for messages, such as "the cache"
 * @param layout how it holds the files
 */
record FolderSource(String kind, Path folder, FolderLayout layout) implements FileSource {
  @Override
  public String description() {
    return kind + " " + folder;
  }

  @Override
  public Map<DataFile, byte[]> read(List<DataFile> files) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new NoSuchFileException(folder.toString(), null, "there is no such folder");
    }
    Map<DataFile, byte[]> contents = new LinkedHashMap<>();
    for (DataFile file : files) {
      contents.put(file, layout.read(folder, file));
    }
    return contents;
  }
}
