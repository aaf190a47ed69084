package org.oncilla.data;

/** A data set cut into batches. */
public final class Batches {
  private final Dataset dataset;
  private final int batchSize;
  private final boolean dropLast;

  Batches(Dataset dataset, int batchSize) {
    this(dataset, batchSize, false);
  }

  private Batches(Dataset dataset, int batchSize, boolean dropLast) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batches need at least 1 sample, not " + batchSize);
    }
    this.dataset = dataset;
    this.batchSize = Math.min(batchSize, dataset.size());
    this.dropLast = dropLast;
  }

  /**
   * The same without the last batch of an epoch where it is smaller than the others: batch
   * normalization cannot train on one sample. Other samples are left out in each epoch where the
   * data set is shuffled.
   */
  public Batches dropLast() {
    return new Batches(dataset, batchSize, true);
  }

  /** The samples. */
  public Dataset dataset() {
    return dataset;
  }

  /** Samples in a full batch. */
  public int batchSize() {
    return batchSize;
  }

  /** Batches in an epoch; the last one holds what is left, unless it is dropped. */
  public int count() {
    int whole = dataset.size() / batchSize;
    return dropLast || dataset.size() % batchSize == 0 ? whole : whole + 1;
  }

  /**
   * Starts to prepare the batches of an epoch on a thread of their own.
   *
   * @param epoch counted from 0; decides the order of a shuffled data set
   */
  public BatchReader open(int epoch) {
    return new BatchReader(this, epoch);
  }

  /** The data set and how it is cut. */
  @Override
  public String toString() {
    return dataset + ".batches(" + batchSize + ")" + (dropLast ? ".dropLast()" : "");
  }
}
