package org.oncilla.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.oncilla.data.DataException;
import org.oncilla.data.IdxFile;
import org.oncilla.data.ImageDataset;
import org.oncilla.data.Normalization;

/** A data set of the user's own: four IDX files that are named as those of MNIST. */
record IdxFolder(Path folder) implements DataChoice {
  static final String NAME = "idx";

  private static final String TRAIN = "train";
  private static final String TEST = "t10k";
  private static final List<String> ENDINGS = List.of("", ".gz");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String title() {
    return "IDX files";
  }

  @Override
  public ImageDataset train() {
    IdxFile labels = read(TRAIN, "labels-idx1-ubyte");
    int classes = 1;
    for (byte label : labels.values()) {
      classes = Math.max(classes, 1 + (label & 0xFF));
    }
    ImageDataset train =
        ImageDataset.ofIdx(read(TRAIN, "images-idx3-ubyte"), labels, Math.max(2, classes));
    return train.normalized(PixelStatistics.normalization(train));
  }

  @Override
  public ImageDataset test(int classes) {
    return ImageDataset.ofIdx(
        read(TEST, "images-idx3-ubyte"), read(TEST, "labels-idx1-ubyte"), classes);
  }

  @Override
  public List<String> classNames(int classes) {
    return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
  }

  @Override
  public Normalization normalization() {
    return train().normalization();
  }

  @Override
  public boolean lightBackground() {
    return PixelStatistics.lightBackground(train());
  }

  /** Nobody knows what they show. */
  @Override
  public boolean mirrorable() {
    return false;
  }

  private IdxFile read(String part, String kind) {
    String name = part + "-" + kind;
    for (String ending : ENDINGS) {
      Path file = folder.resolve(name + ending);
      if (Files.isRegularFile(file)) {
        return read(file);
      }
    }
    throw new DataException(
        "the folder "
            + folder
            + (Files.isDirectory(folder) ? " holds neither " : " does not exist; it is to hold ")
            + name
            + (Files.isDirectory(folder) ? " nor " : " or ")
            + name
            + ".gz");
  }

  private static IdxFile read(Path file) {
    try {
      return IdxFile.read(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
