package org.oncilla.data;

import org.oncilla.random.Generator;
import org.oncilla.random.Streams;

/** A data set whose epochs visit the samples in random order. */
final class ShuffledDataset extends DatasetView {
  private final long seed;

  ShuffledDataset(Dataset samples, long seed) {
    super(samples);
    this.seed = seed;
  }

  /** With a stream for each epoch. */
  @Override
  public int[] order(int epoch) {
    int[] order = samples.order(epoch);
    Generator generator = new Generator(seed, Streams.SHUFFLES + epoch);
    Permutations.shuffle(order, generator);
    return order;
  }

  @Override
  String call() {
    return "shuffled(" + seed + ")";
  }
}
