package org.oncilla.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Some samples of another data set. */
final class PickedDataset extends DatasetView {
  private final int[] indices;
  private final boolean inOrderOfWhole;

  private PickedDataset(Dataset samples, int[] indices, boolean inOrderOfWhole) {
    super(samples);
    this.indices = indices.clone();
    this.inOrderOfWhole = inOrderOfWhole;
    if (indices.length == 0) {
      throw new IllegalArgumentException("subset: give the index of at least 1 sample");
    }
    for (int index : this.indices) {
      if (index < 0 || index >= samples.size()) {
        throw new IllegalArgumentException(
            "subset: there is no sample " + index + " among " + samples.size());
      }
    }
  }

  /** The samples of some indices, visited in the order in which they were picked. */
  static PickedDataset of(Dataset samples, int... indices) {
    return new PickedDataset(samples, indices, false);
  }

  /**
   * The samples of some indices, visited as the whole visits them: a part of shuffled samples is
   * shuffled.
   *
   * @param ascending indices, each once
   */
  static PickedDataset part(Dataset samples, int... ascending) {
    return new PickedDataset(samples, ascending, true);
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public void read(int index, HostBatch batch, int position) {
    samples.read(indices[index], batch, position);
  }

  @Override
  public int[] order(int epoch) {
    if (!inOrderOfWhole) {
      return IntStream.range(0, indices.length).toArray();
    }
    return Arrays.stream(samples.order(epoch))
        .map(index -> Arrays.binarySearch(indices, index))
        .filter(position -> position >= 0)
        .toArray();
  }

  @Override
  String call() {
    return (inOrderOfWhole ? "part(" : "subset(") + indices.length + " samples)";
  }
}
