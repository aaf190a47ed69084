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

  /** Batches in an epoch; the last one holds what is left. */
  public int count() {
    return (dataset.size() + batchSize - 1) / batchSize;
  }

  /**
   * Starts to prepare the batches of an epoch on a thread of their own.
   *
   * @param epoch counted from 0; decides the order of a shuffled data set
   */
  public BatchReader open(int epoch) {
    return new BatchReader(dataset, batchSize, epoch);
  }
}
