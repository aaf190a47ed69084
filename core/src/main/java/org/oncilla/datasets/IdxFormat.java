package org.oncilla.datasets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.oncilla.data.IdxFile;
import org.oncilla.data.ImageDataset;
import org.oncilla.tensor.Shape;

/** Images and their labels in two IDX files. */
final class IdxFormat implements ImageFormat {
  private static final int FILES_OF_A_PART = 2;

  @Override
  public List<DataFile> trainingFiles(List<DataFile> files) {
    return files.subList(0, FILES_OF_A_PART);
  }

  @Override
  public List<DataFile> testFiles(List<DataFile> files) {
    return files.subList(FILES_OF_A_PART, 2 * FILES_OF_A_PART);
  }

  @Override
  public ImageDataset parse(Map<DataFile, byte[]> files, Shape shape, int classes)
      throws IOException {
    List<IdxFile> parsed = new ArrayList<>();
    for (Map.Entry<DataFile, byte[]> entry : files.entrySet()) {
      parsed.add(IdxFile.parse(entry.getKey().name(), entry.getValue()));
    }
    return ImageDataset.ofIdx(parsed.get(0), parsed.get(1), classes);
  }
}
