package org.oncilla.datasets;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.oncilla.data.ImageDataset;
import org.oncilla.file.FileFormatException;
import org.oncilla.tensor.Shape;

/** Records of one byte for the label and the pixels of an image, channel after channel. */
final class CifarFormat implements ImageFormat {
  @Override
  public List<DataFile> trainingFiles(List<DataFile> files) {
    return files.subList(0, files.size() - 1);
  }

  @Override
  public List<DataFile> testFiles(List<DataFile> files) {
    return files.subList(files.size() - 1, files.size());
  }

  @Override
  public ImageDataset parse(Map<DataFile, byte[]> files, Shape shape, int classes)
      throws IOException {
    int record = 1 + shape.length();
    int count = 0;
    for (Map.Entry<DataFile, byte[]> file : files.entrySet()) {
      count += records(file.getKey().name(), file.getValue(), record);
    }
    byte[] pixels = new byte[Math.multiplyExact(count, shape.length())];
    int[] labels = new int[count];
    int image = 0;
    for (Map.Entry<DataFile, byte[]> file : files.entrySet()) {
      byte[] bytes = file.getValue();
      for (int at = 0; at < bytes.length; at += record) {
        labels[image] = label(file.getKey().name(), at / record, bytes[at], classes);
        System.arraycopy(bytes, at + 1, pixels, image * shape.length(), shape.length());
        image++;
      }
    }
    return ImageDataset.of(shape, pixels, labels, classes);
  }

  private static int records(String name, byte[] bytes, int record) throws FileFormatException {
    if (bytes.length == 0 || bytes.length % record != 0) {
      throw new FileFormatException(
          name + ": expected records of " + record + " bytes but found " + bytes.length + " bytes");
    }
    return bytes.length / record;
  }

  private static int label(String name, int record, byte label, int classes)
      throws FileFormatException {
    int value = label & 0xFF;
    if (value >= classes) {
      throw new FileFormatException(
          name
              + ": image "
              + record
              + " has label "
              + value
              + ", but there are "
              + classes
              + " classes");
    }
    return value;
  }
}
