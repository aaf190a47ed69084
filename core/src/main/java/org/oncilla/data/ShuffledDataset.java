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

  /** A Fisher–Yates shuffle with a stream for each epoch. */
  @Override
  public int[] order(int epoch) {
    int[] order = samples.order(epoch);
    Generator generator = new Generator(seed, Streams.SHUFFLES + epoch);
    for (int i = order.length - 1; i > 0; i--) {
      int j = generator.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
