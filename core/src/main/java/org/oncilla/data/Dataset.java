package org.oncilla.data;

import org.oncilla.tensor.Shape;

/**
 * Samples to learn from: pairs of an input and a target, each of a fixed shape, read by index.
 * Reading is thread-safe: batches are prepared by another thread than the one that trains.
 */
public interface Dataset {
  /** Number of samples. */
  int size();

  /** Shape of one input, such as [1, 28, 28]. */
  Shape inputShape();

  /** Shape of one target: {@link Shape#SCALAR} for a class label. */
  Shape targetShape();

  /** Whether targets are integer class labels (else real values). */
  boolean hasLabels();

  /** Number of classes; 0 where targets are not labels. */
  int classes();

  /**
   * Copies one sample into a batch.
   *
   * @param index of the sample, 0 … size−1
   * @param batch receives the sample
   * @param position of the sample within the batch
   * @throws IndexOutOfBoundsException if there is no such sample
   */
  void read(int index, HostBatch batch, int position);

  /**
   * The order in which an epoch visits the samples; indices of samples, each once.
   *
   * @param epoch counted from 0
   */
  default int[] order(int epoch) {
    int[] order = new int[size()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    return order;
  }

  /**
   * The same samples in an order that is drawn anew for each epoch, the same one for the same seed.
   *
   * @param seed of the permutations
   */
  default Dataset shuffled(long seed) {
    return new ShuffledDataset(this, seed);
  }

  /**
   * The samples {@code from} … {@code to − 1}.
   *
   * @throws IllegalArgumentException if the range is empty or not within the data set
   */
  default Dataset range(int from, int to) {
    return new SubDataset(this, from, to);
  }

  /**
   * The samples in batches; the last one of an epoch may be smaller.
   *
   * @param batchSize samples in a batch, at least 1
   */
  default Batches batches(int batchSize) {
    return new Batches(this, batchSize);
  }
}
