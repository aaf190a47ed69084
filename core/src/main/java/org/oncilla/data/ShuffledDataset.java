package org.oncilla.data;

import org.oncilla.random.Generator;
import org.oncilla.random.Streams;
import org.oncilla.tensor.Shape;

/** A data set whose epochs visit the samples in random order. */
final class ShuffledDataset implements Dataset {
  private final Dataset samples;
  private final long seed;

  ShuffledDataset(Dataset samples, long seed) {
    this.samples = samples;
    this.seed = seed;
  }

  @Override
  public int size() {
    return samples.size();
  }

  @Override
  public Shape inputShape() {
    return samples.inputShape();
  }

  @Override
  public Shape targetShape() {
    return samples.targetShape();
  }

  @Override
  public boolean hasLabels() {
    return samples.hasLabels();
  }

  @Override
  public int classes() {
    return samples.classes();
  }

  @Override
  public void read(int index, HostBatch batch, int position) {
    samples.read(index, batch, position);
  }

  /** A Fisher–Yates shuffle whose stream is the epoch. */
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
