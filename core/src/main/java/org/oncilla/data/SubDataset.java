package org.oncilla.data;

import java.util.Arrays;
import java.util.Objects;

/** A range of another data set. */
final class SubDataset extends DatasetView {
  private final int from;
  private final int size;

  SubDataset(Dataset samples, int from, int to) {
    super(samples);
    if (from < 0 || to <= from || to > samples.size()) {
      throw new IllegalArgumentException(
          "samples "
              + from
              + " … "
              + to
              + " (exclusive) are not a range of "
              + samples.size()
              + " samples");
    }
    this.from = from;
    this.size = to - from;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public void read(int index, HostBatch batch, int position) {
    samples.read(from + Objects.checkIndex(index, size), batch, position);
  }

  /**
   * The order of the whole, as far as it visits this range: a range of shuffled samples is, too.
   */
  @Override
  public int[] order(int epoch) {
    return Arrays.stream(samples.order(epoch))
        .map(index -> index - from)
        .filter(index -> index >= 0 && index < size)
        .toArray();
  }

  @Override
  String call() {
    return "range(" + from + ", " + (from + size) + ")";
  }
}
