package org.oncilla.datasets;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oncilla.data.Normalization;
import org.oncilla.file.Gzip;
import org.oncilla.tensor.Shape;

/** A data set of the same build as MNIST with 3 training and 2 test images of 2 × 2 pixels. */
final class TinyDataset {
  static final String NAME = "tiny";
  static final String ADVICE = "ask for it";

  private static final List<String> NAMES =
      List.of(
          "train-images-idx3-ubyte",
          "train-labels-idx1-ubyte",
          "t10k-images-idx3-ubyte",
          "t10k-labels-idx1-ubyte");

  private final Map<String, byte[]> contents = new LinkedHashMap<>();
  private final List<DataFile> files = new ArrayList<>();
  private final List<Path> systemFolders = new ArrayList<>();
  private final List<URI> mirrors = new ArrayList<>();
  private Origin.Packages packages = (staging, commands) -> List.of();

  TinyDataset() {
    put(NAMES.get(0), images(3));
    put(NAMES.get(1), labels(3));
    put(NAMES.get(2), images(2));
    put(NAMES.get(3), labels(2));
  }

  private void put(String name, byte[] bytes) {
    contents.put(name, bytes);
    files.add(new DataFile(name, bytes.length, DataFile.md5(bytes)));
  }

  private static byte[] images(int count) {
    byte[] bytes = new byte[16 + 4 * count];
    byte[] header = {0, 0, 8, 3, 0, 0, 0, (byte) count, 0, 0, 0, 2, 0, 0, 0, 2};
    System.arraycopy(header, 0, bytes, 0, header.length);
    for (int i = header.length; i < bytes.length; i++) {
      bytes[i] = (byte) (7 * i);
    }
    return bytes;
  }

  private static byte[] labels(int count) {
    byte[] bytes = new byte[8 + count];
    byte[] header = {0, 0, 8, 1, 0, 0, 0, (byte) count};
    System.arraycopy(header, 0, bytes, 0, header.length);
    for (int i = 0; i < count; i++) {
      bytes[header.length + i] = (byte) (i % 2);
    }
    return bytes;
  }

  List<DataFile> files() {
    return files;
  }

  byte[] contents(int file) {
    return contents.get(NAMES.get(file));
  }

  TinyDataset systemFolder(Path folder) {
    systemFolders.add(folder);
    return this;
  }

  TinyDataset mirror(URI mirror) {
    mirrors.add(mirror);
    return this;
  }

  TinyDataset packages(Origin.Packages sources) {
    packages = sources;
    return this;
  }

  PublishedDataset build() {
    return new PublishedDataset(
        new Origin(
            NAME,
            "Tiny",
            files,
            systemFolders,
            mirrors,
            FolderLayout.PLAIN,
            packages,
            ADVICE,
            "IdxFile and ImageDataset.ofIdx"),
        Shape.of(1, 2, 2),
        List.of("a", "b"),
        Normalization.UNIT,
        ImageFormat.IDX);
  }

  /** Writes all files into a folder, which is created. */
  Path writeTo(Path folder, boolean compressed) throws IOException {
    Files.createDirectories(folder);
    for (Map.Entry<String, byte[]> entry : contents.entrySet()) {
      if (compressed) {
        Files.write(folder.resolve(entry.getKey() + ".gz"), Gzip.of(entry.getValue()));
      } else {
        Files.write(folder.resolve(entry.getKey()), entry.getValue());
      }
    }
    return folder;
  }
}
