package org.oncilla.data;

/** A data set cut into batches. */
public final class Batches {
  private final Dataset dataset;
  private final int batchSize;

  Batches(Dataset dataset, int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batches need at least 1 sample, not " + batchSize);
    }
    this.dataset = dataset;
    this.batchSize = Math.min(batchSize, dataset.size());
  }

  /** The samples. */
  public Dataset dataset() {
    return dataset;
  }

  /** Samples in a full batch. */
  public int batchSize() {
    return batchSize;
  }

  /** Batches in an epoch. */
  public int count() {
    return (dataset.size() + batchSize - 1) / batchSize;
  }
}
