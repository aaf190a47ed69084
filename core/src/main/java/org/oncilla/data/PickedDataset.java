package org.oncilla.data;

import java.util.stream.IntStream;

/** Some samples of another data set, in an order of their own. */
final class PickedDataset extends DatasetView {
  private final int[] indices;

  PickedDataset(Dataset samples, int[] indices) {
    super(samples);
    this.indices = indices.clone();
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

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public void read(int index, HostBatch batch, int position) {
    samples.read(indices[index], batch, position);
  }

  /** The order in which they were picked, whatever that of the whole is. */
  @Override
  public int[] order(int epoch) {
    return IntStream.range(0, indices.length).toArray();
  }
}
